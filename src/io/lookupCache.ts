/** DNS look-ups, few at a time and remembered: they share four threads with the file system. */

import * as dns from "node:dns";
import { isIP } from "node:net";

import { isLoopbackHost } from "../core/endpoint/baseUrl.ts";

const mostInFlight = 3;
const keptMs = 30_000;
const mostNames = 2000;

type Found = readonly dns.LookupAddress[];

export interface LookupCache {
  /** Every address of the name, in the system's order. Rejects with Node's error, which is not remembered. */
  all(hostname: string): Promise<Found>;
  /** For `http.request` and `net.connect`. */
  readonly lookup: (
    hostname: string,
    options: dns.LookupOptions,
    callback: (
      error: NodeJS.ErrnoException | null,
      address: string | dns.LookupAddress[],
      family?: number,
    ) => void,
  ) => void;
}

export function createLookupCache(): LookupCache {
  const kept = new Map<string, { readonly at: number; readonly found: Promise<Found> }>();
  const ask = createAsker();

  const all = (hostname: string): Promise<Found> => {
    const old = kept.get(hostname);
    if (old !== undefined && performance.now() - old.at < keptMs) {
      return old.found;
    }
    if (kept.size >= mostNames) {
      kept.clear();
    }
    const found = ask(hostname);
    kept.set(hostname, { at: performance.now(), found });
    found.catch(() => kept.delete(hostname));
    return found;
  };

  return {
    all,
    lookup: (hostname, options, callback) => {
      all(hostname).then(
        // Not before the request has told of its socket, or its listeners miss what a known name leads to.
        (found) => process.nextTick(() => answer(found, options, callback)),
        (error: unknown) => callback(error as NodeJS.ErrnoException, ""),
      );
    },
  };
}

function createAsker(): (hostname: string) => Promise<Found> {
  const waiting: (() => void)[] = [];
  let inFlight = 0;
  const look = (hostname: string): Promise<Found> =>
    dns.promises.lookup(hostname, { all: true, order: "verbatim" });

  return async (hostname) => {
    // What needs no name server does not wait behind names that hang.
    if (isIP(hostname) !== 0 || isLoopbackHost(hostname)) {
      return look(hostname);
    }
    if (inFlight >= mostInFlight) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    inFlight += 1;
    try {
      return await look(hostname);
    } finally {
      inFlight -= 1;
      waiting.shift()?.();
    }
  };
}

function answer(
  found: Found,
  options: dns.LookupOptions,
  callback: Parameters<LookupCache["lookup"]>[2],
): void {
  const family = options.family === 4 || options.family === 6 ? options.family : 0;
  const fitting = found.filter((each) => family === 0 || each.family === family);
  const first = fitting[0];
  if (options.all === true) {
    callback(null, [...fitting]);
  } else if (first !== undefined) {
    callback(null, first.address, first.family);
  } else {
    callback(Object.assign(new Error("no address of that family"), { code: "ENOTFOUND" }), "");
  }
}
