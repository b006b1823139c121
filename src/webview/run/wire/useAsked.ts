import { useEffect, useState } from "preact/hooks";

/** What was asked of the host. While the next answer is awaited the one before it stays to be seen. */
export interface Asked<Value> {
  readonly value?: Value;
  readonly state: "waiting" | "here" | "refused";
}

/** Asks when it is first drawn and whenever one of the inputs changes; an answer to an older question is dropped. */
export function useAsked<Value>(ask: () => Promise<Value>, inputs: readonly unknown[]): Asked<Value> {
  const [asked, setAsked] = useState<Asked<Value>>({ state: "waiting" });
  useEffect(() => {
    let isCurrent = true;
    setAsked((before) => ({ ...before, state: "waiting" }));
    ask().then(
      (value) => isCurrent && setAsked({ value, state: "here" }),
      () => isCurrent && setAsked({ state: "refused" }),
    );
    return () => {
      isCurrent = false;
    };
  }, inputs);
  return asked;
}
