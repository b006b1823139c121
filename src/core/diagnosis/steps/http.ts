/** Does something answer HTTP, and is it an API? Asks for the models once; the next two rungs read the same reply. */

import { askedModels, judgeModels, modelsRequest } from "../../endpoint/checkHealth.ts";
import type { HttpOutcome } from "../../ports.ts";
import { identifyServer } from "../../servers/identifyServer.ts";
import { parseJson } from "../errorEnvelope.ts";
import { replyEvidence } from "../evidence.ts";
import type { Finding } from "../finding.ts";
import type { Step } from "../step.ts";
import { knownLocalPorts } from "../variations/loopbackNeighbours.ts";
import { varyHttp } from "../variations/varyHttp.ts";

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

  judge(outcome, { endpoint, credentials, proxy }) {
    const asked = askedModels(endpoint, credentials);
    const all = judgeModels(outcome, asked);
    const findings = all
      .filter(({ code }) => ownAreas.test(code) && !laterCodes.has(code))
      .map((finding) => (proxy === undefined ? finding : throughProxy(finding, proxy)));
    if (outcome.kind === "fault") {
      return {
        evidence: all.flatMap(({ evidence }) => evidence),
        findings,
        // A key that can not be sent is the key's affair, so the key rung reads it.
        ...(findings.length === 0 ? { learned: { models: outcome } } : {}),
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

  vary: (judgement, subject, learned, ports, signal) =>
    varyHttp(judgement, subject, learned, { ...ports, localPorts: knownLocalPorts() }, signal),
};

/** The proxy is whom we spoke to: what fails below HTTP is the way to it, or its refusal. */
function throughProxy(finding: Finding, proxy: string): Finding {
  const isBelow = /^(name|connect)\./.test(finding.code);
  const line = `proxy: ${proxy}`;
  const evidence = finding.evidence.includes(line) ? finding.evidence : [...finding.evidence, line];
  return { ...finding, evidence, ...(isBelow ? { code: "connect.proxy" } : {}) };
}
