/** Is the base URL one that can work? No request is sent. */

import { cleanBaseUrl, hasVersion, isLoopbackHost, joinPath, originOf } from "../../endpoint/baseUrl.ts";
import type { Finding, FindingCode, Fix, Severity } from "../finding.ts";
import type { Step, Subject } from "../step.ts";

export const address: Step<string> = {
  id: "address",

  gather: (subject) => Promise.resolve(subject.endpoint.baseUrl),

  judge(baseUrl, subject) {
    const evidence = [baseUrl];
    if (originOf(baseUrl) === undefined) {
      return { evidence, findings: [judgeScheme(baseUrl)] };
    }
    const url = new URL(baseUrl);
    return { evidence, findings: [...judgePath(url, baseUrl), ...judgeHost(url, baseUrl, subject)] };
  },
};

/** `localhost:8000` parses as a URL with the scheme "localhost:". */
function judgeScheme(baseUrl: string): Finding {
  const cleaned = cleanBaseUrl(baseUrl);
  const settings: Fix = { kind: "open-settings" };
  return cleaned.kind === "clean"
    ? finding("address.scheme-missing", "blocker", [baseUrl], [fixTo(cleaned.baseUrl), settings])
    : finding("address.invalid", "blocker", [baseUrl], [settings]);
}

function judgePath(url: URL, baseUrl: string): readonly Finding[] {
  const cleaned = cleanBaseUrl(baseUrl);
  const changes = cleaned.kind === "clean" ? cleaned.changes : [];
  const fixed = cleaned.kind === "clean" ? cleaned.baseUrl : baseUrl;
  if (changes.includes("path-cut")) {
    return [finding("address.full-path", "warning", [url.pathname], [fixTo(fixed)])];
  }
  if (changes.includes("version-deduplicated")) {
    return [finding("address.doubled-v1", "warning", [url.pathname], [fixTo(fixed)])];
  }
  if (hasVersion(baseUrl)) {
    return [];
  }
  // llama.cpp and TEI answer without a version, so this is no proof of a fault: the http rung decides.
  const versioned = changes.includes("version-added") ? fixed : joinPath(baseUrl, "/v1");
  return [finding("address.missing-v1", "note", [url.pathname], [fixTo(versioned)])];
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
    return [finding("address.bad-port", "blocker", [url.host], [{ kind: "open-settings" }])];
  }
  if (url.protocol === "http:" && !isLoopbackHost(url.hostname) && subject.credentials.key.kind === "key") {
    return [finding("auth.plain-http", "warning", [url.origin], [{ kind: "open-settings" }])];
  }
  return [];
}

function finding(
  code: FindingCode,
  severity: Severity,
  evidence: readonly string[],
  fixes: readonly Fix[],
): Finding {
  return { code, severity, evidence, fixes };
}
