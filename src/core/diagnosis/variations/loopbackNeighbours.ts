/** Where else on this machine the server may listen: the other loopback address, or another port. */

import { presets } from "../../servers/presets.ts";
import type { Sockets } from "../../ports.ts";
import type { Variation } from "../report.ts";

export const loopbackAddresses = ["127.0.0.1", "::1"] as const;

/** Ports where model servers listen unless told otherwise. */
export function knownLocalPorts(): readonly number[] {
  return presets.flatMap(({ localPort }) => (localPort === undefined ? [] : [localPort]));
}

export interface Neighbour {
  readonly address: string;
  readonly port: number;
  readonly variation: Variation;
}

/** Loopback answers within microseconds, or is dropped by a firewall. */
const connectMs = 1000;

/** Tries all at once; nothing is sent. */
export async function tryNeighbours(
  targets: readonly { readonly address: string; readonly port: number }[],
  sockets: Sockets,
  signal: AbortSignal,
): Promise<readonly Neighbour[]> {
  return Promise.all(
    targets.map(async ({ address, port }): Promise<Neighbour> => {
      const outcome = await sockets.connect(address, port, connectMs, signal);
      const variation: Variation = {
        what: `TCP ${hostPort(address, port)}`,
        outcome: outcome.kind === "connected" ? outcome.kind : outcome.code,
        worked: outcome.kind === "connected" ? "yes" : "no",
      };
      return { address, port, variation };
    }),
  );
}

export function hostPort(address: string, port: number): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
