/** The proxy that VS Code would use for an address, as far as settings and environment tell. */

import * as vscode from "vscode";

import type { Subject } from "../core/diagnosis/step.ts";
import { isLoopbackHost } from "../core/endpoint/baseUrl.ts";

/** `process.env` of the extension host. */
type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy that requests go through, or the one that is configured and not used for this host. Loopback always goes directly. */
export function proxyFor(baseUrl: string, env: Environment): Pick<Subject, "proxy" | "otherProxy"> {
  const { hostname, protocol } = new URL(baseUrl);
  const settings = vscode.workspace.getConfiguration("http");
  const fromEnv =
    protocol === "https:"
      ? (env["HTTPS_PROXY"] ?? env["https_proxy"])
      : (env["HTTP_PROXY"] ?? env["http_proxy"]);
  const configured = [settings.get<string>("proxy"), fromEnv].find(
    (each) => each !== undefined && each !== "",
  );
  if (configured === undefined) {
    return {};
  }
  const isDirect =
    isLoopbackHost(hostname) ||
    settings.get<string>("proxySupport") === "off" ||
    isExcluded(hostname, settings.get<readonly string[]>("noProxy") ?? []) ||
    isExcluded(hostname, (env["NO_PROXY"] ?? env["no_proxy"] ?? "").split(","));
  const address = withoutUser(configured);
  return isDirect ? { otherProxy: address } : { proxy: address };
}

function isExcluded(hostname: string, hosts: readonly string[]): boolean {
  return hosts
    .map((each) => each.trim().replace(/^\*?\./, ""))
    .some((each) => each !== "" && (each === "*" || hostname === each || hostname.endsWith(`.${each}`)));
}

/** A proxy's address may carry a password, and reports are shown and copied. */
function withoutUser(proxy: string): string {
  return URL.canParse(proxy) ? new URL(proxy).host : proxy.replace(/^.*@/, "");
}
