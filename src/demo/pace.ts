import { setImmediate, setTimeout } from "node:timers/promises";

/** Gives out tokens at a rate; what a late timer loses, the next tokens catch up. */
export interface Pace {
  /** Settles when the next token is due, and rejects when the signal aborts. */
  nextToken(): Promise<void>;
  /** Settles when so many tokens from now are due. */
  tokens(count: number): Promise<void>;
}

/** Tokens sent in one go before others get a turn: a client that went away has to be noticed. */
const tokensPerTurn = 64;

/** A rate of 0 or less, or one that is not finite, means as fast as possible. The clock starts here. */
export function startPace(tokensPerSecond: number, signal: AbortSignal): Pace {
  const msPerToken = Number.isFinite(tokensPerSecond) && tokensPerSecond > 0 ? 1000 / tokensPerSecond : 0;
  const startMs = performance.now();
  let given = 0;

  const tokens = async (count: number): Promise<void> => {
    given += count;
    const waitMs = startMs + given * msPerToken - performance.now();
    if (waitMs >= 1) await setTimeout(Math.min(waitMs, longestTimerMs), undefined, { signal });
    else if (given % tokensPerTurn === 0) await setImmediate(undefined, { signal });
  };
  return { tokens, nextToken: () => tokens(1) };
}

/** Node fires a timer beyond this at once. */
const longestTimerMs = 2 ** 31 - 1;
