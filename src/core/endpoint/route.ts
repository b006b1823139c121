/** By which way a request leaves: straight, through the endpoint's own proxy, or by whatever the editor is set to. */

import { isLoopbackHost } from "./baseUrl.ts";

export type Route =
  | { readonly kind: "direct" }
  | { readonly kind: "editor" }
  | { readonly kind: "proxy"; readonly proxy: string };

/** `ownProxy` as `Endpoint.proxy`. Loopback is never the editor's affair: what it means there is this machine. */
export function routeOf(url: string, ownProxy: string | undefined): Route {
  if (ownProxy !== undefined && ownProxy !== "direct") {
    return { kind: "proxy", proxy: ownProxy };
  }
  return ownProxy === "direct" || isLoopbackHost(new URL(url).hostname)
    ? { kind: "direct" }
    : { kind: "editor" };
}

/** What VS Code goes by. */
export interface EditorProxy {
  /** `http.proxy` */
  readonly proxy: string;
  /** `http.proxySupport` */
  readonly support: string;
  /** `http.noProxy` */
  readonly noProxy: readonly string[];
  /** The environment of the extension host. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The proxy that is configured for VS Code, and whether a request to this address goes through it; as VS Code 1.139 decides (test/host/proxies.test.ts). */
export function editorProxyFor(
  url: string,
  { proxy, support, noProxy, env }: EditorProxy,
): { readonly proxy: string; readonly use: "used" | "not used" } | undefined {
  const fromEnv = env["https_proxy"] || env["HTTPS_PROXY"] || env["http_proxy"] || env["HTTP_PROXY"];
  const configured = [proxy, fromEnv].find((each) => isProxy(each));
  if (configured === undefined) {
    return undefined;
  }
  // One entry in the setting, and the environment's list does not count any more.
  const excluded = noProxy.length > 0 ? noProxy : (env["no_proxy"] || env["NO_PROXY"] || "").split(",");
  const isUsed = support !== "off" && !isExcluded(new URL(url), excluded);
  return { proxy: configured, use: isUsed ? "used" : "not used" };
}

/** An address without a scheme is not used at all. */
function isProxy(configured: string | undefined): boolean {
  return /^\s*(https?|socks[45]?[ah]?):\/\//i.test(configured ?? "");
}

/** `*`, a name with or without a dot before it, and a port. No `*.name`, no range of addresses, no IPv6. */
function isExcluded({ hostname, port, protocol }: URL, hosts: readonly string[]): boolean {
  const defaultPort = protocol === "https:" ? "443" : "80";
  return hosts
    .map((each) => each.trim().toLowerCase())
    .some((each) => {
      const [name = "", ownPort] = each.split(":", 2);
      const isPort = ownPort === undefined || ownPort === "" || ownPort === (port || defaultPort);
      const suffix = name.startsWith(".") ? name : `.${name}`;
      return each === "*" || (name !== "" && isPort && `.${hostname}`.endsWith(suffix));
    });
}
