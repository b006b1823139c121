/** Is the base URL one that can work? No request is sent. */

import { hasVersion, isLoopbackHost } from "../../endpoint/baseUrl.ts";
import type { Finding, FindingCode, Fix, Severity } from "../finding.ts";
import type { Step, Subject } from "../step.ts";

export const address: Step<string> = {
  id: "address",

  gather: (subject) => Promise.resolve(subject.endpoint.baseUrl),

  judge(baseUrl, subject) {
    const evidence = [baseUrl];
    if (!URL.canParse(baseUrl)) {
      return {
        evidence,
        findings: [finding("address.invalid", "blocker", evidence, [{ kind: "open-settings" }])],
      };
    }
    const url = new URL(baseUrl);
    return { evidence, findings: [...judgePath(url, baseUrl), ...judgeHost(url, baseUrl, subject)] };
  },
};

function judgePath(url: URL, baseUrl: string): readonly Finding[] {
  const doubled = /(\/v\d+)\1$/.exec(url.pathname);
  if (doubled !== null) {
    const fixed = baseUrl.replace(/(\/v\d+)\1$/, "$1");
    return [
      finding("address.doubled-v1", "warning", [url.pathname], [{ kind: "set-base-url", baseUrl: fixed }]),
    ];
  }
  const operation = /\/(chat\/completions|completions|embeddings|rerank|models)$/.exec(url.pathname);
  if (operation !== null) {
    const fixed = baseUrl.slice(0, -operation[0].length);
    return [
      finding("address.full-path", "warning", [url.pathname], [{ kind: "set-base-url", baseUrl: fixed }]),
    ];
  }
  // llama.cpp and TEI answer without a version, so this is no proof of a fault: the http rung decides.
  return hasVersion(baseUrl)
    ? []
    : [
        finding(
          "address.missing-v1",
          "note",
          [url.pathname],
          [{ kind: "set-base-url", baseUrl: `${baseUrl}/v1` }],
        ),
      ];
}

function judgeHost(url: URL, baseUrl: string, subject: Subject): readonly Finding[] {
  if (url.hostname === "0.0.0.0" || url.hostname === "[::]") {
    const fixed = baseUrl.replace("0.0.0.0", "127.0.0.1").replace("[::]", "[::1]");
    return [
      finding("address.wildcard-host", "warning", [url.host], [{ kind: "set-base-url", baseUrl: fixed }]),
    ];
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
