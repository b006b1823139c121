/** Where an endpoint's key would travel in the clear. */

import { isLoopbackHost, originOf } from "../endpoint/baseUrl.ts";
import type { Endpoint } from "../endpoint/endpoint.ts";

/** The origin of the other machine that would get it unencrypted: the server, or the endpoint's own proxy on the way to it. */
export function plainOrigin({ baseUrl, proxy }: Pick<Endpoint, "baseUrl" | "proxy">): string | undefined {
  // Through a tunnel to an https server a proxy sees nothing.
  if (!URL.canParse(baseUrl) || new URL(baseUrl).protocol !== "http:") {
    return undefined;
  }
  return [baseUrl, proxy ?? ""].filter(isElsewhere).map(originOf)[0];
}

/** Names below `.localhost` are looked up by the system, and not every one keeps them at home. */
function isElsewhere(url: string): boolean {
  return originOf(url) !== undefined && (!isLoopbackHost(hostOf(url)) || hostOf(url).endsWith(".localhost"));
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/\.$/, "");
}
