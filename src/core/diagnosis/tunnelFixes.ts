/** The way to a server without encryption that needs no certificate: a tunnel through SSH. */

import type { Fix } from "./finding.ts";

/** To copy, for the port is opened where the requests leave from. Empty for a host that a shell could read otherwise. */
export function tunnelFixes(baseUrl: string): readonly Fix[] {
  const { hostname, port } = URL.canParse(baseUrl) ? new URL(baseUrl) : { hostname: "", port: "" };
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(hostname)) {
    return [];
  }
  const there = port === "" ? 80 : Number(port);
  // Ports below 1024 are the system's.
  const here = there < 1024 ? 8000 + there : there;
  return [{ kind: "copy-command", command: `ssh -N -L ${here}:localhost:${there} ${hostname}` }];
}
