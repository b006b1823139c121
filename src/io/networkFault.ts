/** Node's errors, read as the faults that core understands. */

import type { Attempt, NetworkFault, Phase, Timer } from "../core/ports.ts";

/** Thrown into a request by our own timers and limits; carries what fired. */
export class WireLimit extends Error {
  readonly code: "TIMEOUT" | "ABORTED" | "TOO_LARGE" | "PROXY_REFUSED";
  readonly timer: Timer | undefined;

  constructor(code: WireLimit["code"], message: string, timer?: Timer) {
    super(message);
    this.code = code;
    this.timer = timer;
  }
}

/** Any error of a socket or a parser as a fault. The message is Node's own; it never holds a header's value. */
export function readFault(error: unknown, phase: Phase): NetworkFault {
  const timer = error instanceof WireLimit ? error.timer : undefined;
  return {
    phase: isLookup(error) ? "name" : phase,
    code: codeOf(error),
    message: error instanceof Error ? error.message : String(error),
    attempts: attemptsOf(error),
    ...(timer === undefined ? {} : { timer }),
  };
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) {
    return codeOf(error.errors[0]);
  }
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (typeof code !== "string") {
    return "UNKNOWN";
  }
  return code === "EPROTO" && error instanceof Error ? (sslCode(error.message) ?? code) : code;
}

/** OpenSSL's reason stands in the message alone when it was found while writing; while reading, Node makes this code of it. */
function sslCode(message: string): string | undefined {
  const reason = /:SSL routines:[^:]*:([^:]+):/.exec(message)?.[1];
  return reason === undefined ? undefined : `ERR_SSL_${reason.toUpperCase().replace(/\W+/g, "_")}`;
}

/** Happy Eyeballs gives one error an address (facts: extension-host.md). */
function attemptsOf(error: unknown): readonly Attempt[] {
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  return errors.flatMap((each) => {
    const address = each instanceof Error && "address" in each ? String(each.address) : undefined;
    const port = each instanceof Error && "port" in each ? String(each.port) : "";
    const host = address?.includes(":") === true ? `[${address}]` : address;
    return host === undefined ? [] : [{ address: `${host}:${port}`, code: codeOf(each) }];
  });
}

function isLookup(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && error.syscall === "getaddrinfo";
}
