/** Can this host and port be reached without a proxy between? A TCP connection alone, nothing is sent. */

import type { Sockets } from "../../ports.ts";
import type { Variation } from "../report.ts";

/** Two are enough to have tried both families. */
const mostAddresses = 2;

export async function directConnect(
  { host, port }: { readonly host: string; readonly port: number },
  sockets: Sockets,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Variation> {
  const what = `TCP ${host.includes(":") ? `[${host}]` : host}:${port}`;
  const lookup = await sockets.lookup(host, signal);
  if (lookup.kind === "fault") {
    return { what, outcome: lookup.code, worked: "no" };
  }
  const outcomes = await Promise.all(
    lookup.addresses
      .slice(0, mostAddresses)
      .map(({ address }) => sockets.connect(address, port, Math.min(timeoutMs, 3000), signal)),
  );
  const codes = outcomes.map((outcome) => (outcome.kind === "connected" ? outcome.kind : outcome.code));
  return {
    what,
    outcome: codes.includes("connected") ? "connected" : codes.join(", "),
    worked: codes.includes("connected") ? "yes" : "no",
  };
}
