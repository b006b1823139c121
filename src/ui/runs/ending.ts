/** A run that breaks its promise and throws still ends in its panel. */

import type { RunSession } from "../panel/runSession.ts";

/** Ends the session as failed when the work throws, and passes the error on to be told. */
export async function ending<T>(session: RunSession, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    session.end({ state: "failed" });
    throw error;
  }
}
