/** Does something answer HTTP, and is it an API? Asks for the models once; the next two rungs read the same reply. */

import { askedModels, judgeModels, modelsRequest } from "../../endpoint/checkHealth.ts";
import type { HttpOutcome } from "../../ports.ts";
import { identifyServer } from "../../servers/identifyServer.ts";
import { parseJson } from "../errorEnvelope.ts";
import { replyEvidence } from "../evidence.ts";
import type { Finding } from "../finding.ts";
import type { Step } from "../step.ts";

/** What this rung judges; keys, the models route and the server's health have rungs of their own. */
const ownAreas = /^(name|connect|tls|http|address|stream)\./;
const laterCodes = new Set([
  "http.no-models-route",
  "http.wrong-path",
  "http.wrong-method",
  "address.missing-v1",
  "address.doubled-v1",
  "address.full-path",
]);

export const http: Step<HttpOutcome> = {
  id: "http",

  gather: ({ endpoint, credentials }, _learned, ports, signal) =>
    ports.http.send(modelsRequest(endpoint, credentials), signal),

  judge(outcome, { endpoint, credentials }) {
    const asked = askedModels(endpoint, credentials);
    const findings = judgeModels(outcome, asked).filter(
      ({ code }) => ownAreas.test(code) && !laterCodes.has(code),
    );
    if (outcome.kind === "fault") {
      return {
        evidence: findings.flatMap(({ evidence }) => evidence),
        findings: findings.map(withSchemeFix(endpoint.baseUrl)),
      };
    }
    const { reply } = outcome;
    const server = identifyServer(reply.headers, parseJson(reply.body), endpoint.baseUrl);
    return {
      evidence: [
        ...replyEvidence("GET", asked.url, reply).slice(0, 1),
        ...(server === undefined ? [] : [server.name]),
      ],
      findings,
      learned: {
        models: outcome,
        ...(server === undefined ? {} : { server: { id: server.id, name: server.name } }),
      },
    };
  },
};

/** A TLS server that gets plain HTTP hangs up or answers an alert that Node can not parse. */
function withSchemeFix(baseUrl: string): (finding: Finding) => Finding {
  return (finding) => {
    const mayBeTls =
      baseUrl.startsWith("http:") && /HPE_|socket hang up|ECONNRESET/.test(finding.evidence.join(" "));
    return mayBeTls
      ? {
          ...finding,
          fixes: [{ kind: "set-base-url", baseUrl: baseUrl.replace(/^http:/, "https:") }, ...finding.fixes],
        }
      : finding;
  };
}
