/** What can not be reached directly may be reachable through a proxy that is configured, but not used here. */

import type { DiagnosisPorts, Judgement, Subject, Varied } from "../step.ts";
import { amendFindings, unvaried } from "./amendFindings.ts";
import { directConnect } from "./directConnect.ts";

/** Only whether the proxy is there: sending a request through it is VS Code's affair. */
export async function varyUnusedProxy(
  judgement: Judgement,
  { endpoint, otherProxy }: Subject,
  { sockets }: DiagnosisPorts,
  signal: AbortSignal,
): Promise<Varied> {
  const proxy = readProxy(otherProxy);
  if (proxy === undefined) {
    return unvaried(judgement);
  }
  const tried = await directConnect(proxy, sockets, endpoint.timeouts.connectMs, signal);
  const evidence = [`configured proxy, not used for this host: ${tried.what} → ${tried.outcome}`];
  const fixes = tried.worked === "yes" ? [{ kind: "open-settings" } as const] : [];
  return { variations: [tried], findings: amendFindings(judgement, { evidence, fixes }) };
}

function readProxy(proxy: string | undefined): { readonly host: string; readonly port: number } | undefined {
  const url = `http://${proxy ?? ""}`;
  if (proxy === undefined || !URL.canParse(url)) {
    return undefined;
  }
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ""), port: port === "" ? 80 : Number(port) };
}
