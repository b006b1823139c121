import { useRef } from "preact/hooks";

/** What of one that was on its way has come in. */
type Outcome = "all" | "not-all";

export interface Arrivals {
  readonly note: (arrival: Promise<Outcome>) => void;
  /** Of what is on its way now. */
  readonly settled: () => Promise<Outcome>;
}

/** Files that are read while somebody may send already: they belong to what is sent. */
export function useArrivals(): Arrivals {
  const underWay = useRef(new Set<Promise<Outcome>>());
  return {
    note: (arrival) => {
      underWay.current.add(arrival);
      const forget = (): boolean => underWay.current.delete(arrival);
      arrival.then(forget, forget);
    },
    settled: async () =>
      (await Promise.all(underWay.current)).every((outcome) => outcome === "all") ? "all" : "not-all",
  };
}
