/** Through an endpoint's own proxy: TooTallNate's agents, in a bundle of their own that is loaded on first use. */

import type { Agent } from "node:http";

import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";

/** For one request: the connection to the proxy ends with the signal, also one on which the proxy stays silent. */
export function proxyAgent(proxy: string, scheme: "http" | "https", signal: AbortSignal): Agent {
  if (scheme === "http") {
    return new HttpProxyAgent(proxy, { signal });
  }
  const agent = new HttpsProxyAgent(proxy, { signal });
  // Else it looks for Node's https module on the stack.
  agent.protocol = "https:";
  return agent;
}
