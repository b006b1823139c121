/** One embedding request from sending to its vector. Never throws for what a network or a server does. */

import { parseJson } from "../diagnosis/errorEnvelope.ts";
import type { Finding } from "../diagnosis/finding.ts";
import { judgeFault } from "../diagnosis/judgeFault.ts";
import { type Asked, judgeReply } from "../diagnosis/judgeReply.ts";
import { joinPath } from "../endpoint/baseUrl.ts";
import type { Endpoint } from "../endpoint/endpoint.ts";
import { sentKey } from "../endpoint/requestHeaders.ts";
import type { Credentials, ModelGateway } from "../ports.ts";
import { readWholeBody } from "../chat/readWholeBody.ts";
import { judgeVector } from "./judgeVector.ts";
import { knownEmbedding } from "./knownEmbedding.ts";
import { readEmbedding, type ReadVector } from "./readEmbedding.ts";

export interface EmbeddingRequest {
  readonly endpoint: Endpoint;
  readonly model: string;
  readonly input: string;
}

export type EmbeddingOutcome =
  | { readonly kind: "finished"; readonly read: ReadVector; readonly findings: readonly Finding[] }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly findings: readonly Finding[] };

/** `encoding_format` is said explicitly: the SDK's default is base64, which some servers ignore (servers.md 0.6). */
export async function runEmbedding(
  { endpoint, model, input }: EmbeddingRequest,
  credentials: Credentials,
  gateway: ModelGateway,
  signal: AbortSignal,
): Promise<EmbeddingOutcome> {
  const url = joinPath(endpoint.baseUrl, "/embeddings");
  const asked: Asked = {
    method: "POST",
    url,
    baseUrl: endpoint.baseUrl,
    key: sentKey(credentials),
    task: "embedding",
    model,
  };
  const body = { model, input, encoding_format: "float" };
  const outcome = await gateway.open({ endpoint, credentials, path: "/embeddings", body }, signal);
  const whole = outcome.kind === "reply" ? await readWholeBody(outcome.reply) : undefined;
  const fault = outcome.kind === "fault" ? outcome.fault : outcome.reply.body.fault();
  if (signal.aborted) {
    return { kind: "stopped" };
  }
  if (fault !== undefined || whole === undefined) {
    const findings =
      fault === undefined ? [] : [judgeFault("POST", url, fault, whole === undefined ? "nothing" : "status")];
    return { kind: "failed", findings };
  }
  const findings = judgeReply(whole, asked);
  return findings.length > 0 ? { kind: "failed", findings } : readVector(whole.body, url, model);
}

function readVector(body: string, url: string, model: string): EmbeddingOutcome {
  const read = readEmbedding(parseJson(body));
  if (read === undefined) {
    const evidence = [`POST ${url}`, body.slice(0, 300)];
    return {
      kind: "failed",
      findings: [{ code: "http.malformed", severity: "blocker", evidence, fixes: [{ kind: "test-again" }] }],
    };
  }
  const findings = judgeVector(read.vector, knownEmbedding([model]));
  return findings.some(({ severity }) => severity === "blocker")
    ? { kind: "failed", findings }
    : { kind: "finished", read, findings };
}
