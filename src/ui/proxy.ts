/** VS Code's network settings, as far as settings and environment tell. */

import * as vscode from "vscode";

import type { Subject } from "../core/diagnosis/step.ts";
import type { Endpoint } from "../core/endpoint/endpoint.ts";
import { editorProxyFor, routeOf } from "../core/endpoint/route.ts";

/** The proxy that an endpoint's requests go through, or the one that is configured and not used for it. */
export function proxyFor(
  { baseUrl, proxy: ownProxy }: Pick<Endpoint, "baseUrl" | "proxy">,
  env: Readonly<Record<string, string | undefined>>,
): Pick<Subject, "proxy" | "otherProxy"> {
  const route = routeOf(baseUrl, ownProxy);
  if (route.kind === "proxy") {
    return { proxy: withoutUser(route.proxy) };
  }
  const settings = vscode.workspace.getConfiguration("http");
  const configured = editorProxyFor(baseUrl, {
    proxy: settings.get("proxy", ""),
    support: settings.get("proxySupport", ""),
    noProxy: settings.get("noProxy", []),
    env,
  });
  if (configured === undefined) {
    return {};
  }
  const address = withoutUser(configured.proxy);
  return route.kind === "editor" && configured.use === "used" ? { proxy: address } : { otherProxy: address };
}

/** Are the system's authorities trusted (`http.systemCertificates`)? */
export function trustsSystem(): boolean {
  return vscode.workspace.getConfiguration("http").get("systemCertificates", true);
}

/** A proxy's address may carry a password, and reports are shown and copied. */
function withoutUser(proxy: string): string {
  return URL.canParse(proxy) ? new URL(proxy).host : proxy.replace(/^.*@/, "");
}
