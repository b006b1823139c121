/** The proxy that VS Code would use for an address, as far as settings and environment tell. */

import * as vscode from "vscode";

import { isLoopbackHost } from "../core/endpoint/baseUrl.ts";

/** `process.env` of the extension host. */
type Environment = Readonly<Record<string, string | undefined>>;

/** Undefined when requests go directly. Loopback always does. */
export function proxyFor(baseUrl: string, env: Environment): string | undefined {
  const { hostname, protocol } = new URL(baseUrl);
  const settings = vscode.workspace.getConfiguration("http");
  if (isLoopbackHost(hostname) || settings.get<string>("proxySupport") === "off") {
    return undefined;
  }
  const named = [...(settings.get<string[]>("noProxy") ?? []), env["NO_PROXY"] ?? env["no_proxy"] ?? ""];
  const excluded = named.flatMap((each) => each.split(",")).map((each) => each.trim().replace(/^\*?\./, ""));
  if (
    excluded.some(
      (each) => each !== "" && (each === "*" || hostname === each || hostname.endsWith(`.${each}`)),
    )
  ) {
    return undefined;
  }
  const fromEnv =
    protocol === "https:"
      ? (env["HTTPS_PROXY"] ?? env["https_proxy"])
      : (env["HTTP_PROXY"] ?? env["http_proxy"]);
  const proxy = [settings.get<string>("proxy"), fromEnv].find((each) => each !== undefined && each !== "");
  return proxy === undefined ? undefined : withoutUser(proxy);
}

/** A proxy's address may carry a password, and reports are shown and copied. */
function withoutUser(proxy: string): string {
  return URL.canParse(proxy) ? new URL(proxy).host : proxy.replace(/^.*@/, "");
}
