/** Is the base URL one that can work? No request is sent. */

import { cleanBaseUrl, isLoopbackHost, originOf } from "../../endpoint/baseUrl.ts";
import type { Finding, FindingCode, Fix, Severity } from "../finding.ts";
import type { Step, Subject } from "../step.ts";

const settings: Fix = { kind: "open-settings" };

export const address: Step<string> = {
  id: "address",

  gather: (subject) => Promise.resolve(subject.endpoint.baseUrl),

  judge(baseUrl, subject) {
    const evidence = [withoutKeys(baseUrl), ...cleanedEvidence(baseUrl), ...machineEvidence(subject)];
    if (originOf(baseUrl) === undefined) {
      return { evidence, findings: [judgeScheme(baseUrl, evidence)] };
    }
    const url = new URL(baseUrl);
    return {
      evidence,
      findings: [...judgePath(url, baseUrl, evidence), ...judgeHost(url, baseUrl, subject)],
    };
  },
};

/** What is wrong with the form, and what it would be without. `version-added` is a guess that the replies have to prove. */
function cleanedEvidence(baseUrl: string): readonly string[] {
  const cleaned = cleanBaseUrl(baseUrl);
  return cleaned.kind === "clean" && cleaned.changes.length > 0
    ? [`${cleaned.changes.join(", ")} → ${withoutKeys(cleaned.baseUrl)}`]
    : [];
}

/** Which machine localhost means, where it is not the one the person sits at. Often it is meant, so the connect rung makes a finding of it only when nothing answers. */
function machineEvidence({ endpoint: { baseUrl }, machine, machineIs }: Subject): readonly string[] {
  const isLocal = URL.canParse(baseUrl) && isLoopbackHost(new URL(baseUrl).hostname);
  return isLocal && machineIs === "remote" ? [`${new URL(baseUrl).host}: ${machine}`] : [];
}

/** A pasted URL may carry a key, and evidence is shown and copied. */
function withoutKeys(baseUrl: string): string {
  return baseUrl.replace(/\/\/[^/?#]*@/, "//•••@").replace(/[?#].*$/, "");
}

/** `localhost:8000` parses as a URL with the scheme "localhost:". */
function judgeScheme(baseUrl: string, evidence: readonly string[]): Finding {
  const port = /^(?:[a-z]+:)?(?:\/\/)?(?:\[[^\]]*\]|[^/:?#\s]+):(\d+)(?:[/?#]|$)/i.exec(baseUrl)?.[1];
  if (port !== undefined && Number(port) > 65_535) {
    return finding("address.bad-port", "blocker", [...evidence, `port: ${port}`], [settings]);
  }
  const cleaned = cleanBaseUrl(baseUrl);
  if (cleaned.kind !== "clean") {
    return finding("address.invalid", "blocker", evidence, [settings]);
  }
  const code = cleaned.changes.includes("scheme-added") ? "address.scheme-missing" : "address.invalid";
  return finding(code, "blocker", evidence, [fixTo(cleaned.baseUrl), settings]);
}

function judgePath(url: URL, baseUrl: string, evidence: readonly string[]): readonly Finding[] {
  const cleaned = cleanBaseUrl(baseUrl);
  const changes = cleaned.kind === "clean" ? cleaned.changes : [];
  const fixed = cleaned.kind === "clean" ? cleaned.baseUrl : baseUrl;
  // fetch refuses such a URL, and whoever sees the base URL sees the key.
  if (url.username !== "" || url.password !== "") {
    return [finding("address.invalid", "blocker", evidence, [fixTo(fixed), { kind: "set-key" }])];
  }
  if (changes.includes("path-cut")) {
    return [finding("address.full-path", "warning", [url.pathname], [fixTo(fixed)])];
  }
  if (changes.includes("version-deduplicated")) {
    return [finding("address.doubled-v1", "warning", [url.pathname], [fixTo(fixed)])];
  }
  // A missing version is no finding here: llama.cpp and TEI answer without one, so the replies decide.
  return [];
}

function fixTo(baseUrl: string): Fix {
  return { kind: "set-base-url", baseUrl };
}

function judgeHost(url: URL, baseUrl: string, subject: Subject): readonly Finding[] {
  if (url.hostname === "0.0.0.0" || url.hostname === "[::]") {
    const fixed = baseUrl.replace("0.0.0.0", "127.0.0.1").replace("[::]", "[::1]");
    return [finding("address.wildcard-host", "warning", [url.host], [fixTo(fixed)])];
  }
  if (url.port === "0") {
    return [finding("address.bad-port", "blocker", [url.host], [settings])];
  }
  return judgeSecrecy(url, subject);
}

/** A warning while the key is held back; once the person has agreed, or said so on the command line, a reminder. */
function judgeSecrecy(url: URL, { credentials: { key } }: Subject): readonly Finding[] {
  if (key.kind === "plain-http") {
    const allow: Fix = { kind: "allow-plain-http", origin: key.origin };
    return [finding("auth.plain-http", "warning", [key.origin], [allow, settings])];
  }
  const isSeen = url.protocol === "http:" && !isLoopbackHost(url.hostname) && key.kind === "key";
  return isSeen ? [finding("auth.plain-http", "note", [url.origin], [settings])] : [];
}

function finding(
  code: FindingCode,
  severity: Severity,
  evidence: readonly string[],
  fixes: readonly Fix[],
): Finding {
  return { code, severity, evidence, fixes };
}
