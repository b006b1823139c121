/** The port that a server has to be told, to be where its endpoint looks for it. */

import { presets } from "../../servers/presets.ts";
import type { About } from "./remedy.ts";

/** Undefined where it is the server's default, or a proxy's: behind HTTPS the server's own is not known. */
export function ownPort({ serverId, baseUrl = "" }: About): number | undefined {
  const { port, protocol } = URL.canParse(baseUrl) ? new URL(baseUrl) : { port: "", protocol: "" };
  const usual = presets.find(({ server }) => server === serverId)?.localPort;
  return port === "" || protocol !== "http:" || Number(port) === usual ? undefined : Number(port);
}
