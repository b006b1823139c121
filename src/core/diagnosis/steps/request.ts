/** One minimal request of the endpoint's task: the proof that it works. */

import { generatePath } from "../../chat/chatRequest.ts";
import { readChunk } from "../../chat/chatChunk.ts";
import { judgeVector, readEmbedding } from "../../embedding/readEmbedding.ts";
import { joinPath } from "../../endpoint/baseUrl.ts";
import { requestHeaders } from "../../endpoint/requestHeaders.ts";
import type { Http, HttpOutcome } from "../../ports.ts";
import { readRerank, rerankWire, teiRerankWire } from "../../rerank/dialects.ts";
import { parseJson } from "../errorEnvelope.ts";
import { faultEvidence, replyEvidence } from "../evidence.ts";
import type { Finding, FindingCode } from "../finding.ts";
import { judgeOutcome } from "../judgeReply.ts";
import { nearestModels } from "../nearestModels.ts";
import type { Learned, Step, Subject } from "../step.ts";

interface RequestEvidence {
  readonly url: string;
  readonly body: string;
  readonly outcome: HttpOutcome;
}

/** A test's reply is a few tokens or one vector. */
const replyBytes = 4 * 1024 * 1024;

const rerankProbe = {
  query: "capital of China",
  documents: ["Beijing is the capital of China.", "Bananas are yellow."],
};

export const request: Step<RequestEvidence> = {
  id: "request",

  async gather(asked, learned, { http }, signal) {
    const subject = withTask(asked, learned);
    const wire = minimalRequest(subject, learned);
    const first = await send(wire, subject, http, signal);
    const isMissing = first.outcome.kind === "reply" && first.outcome.reply.status === 404;
    if (subject.task !== "rerank" || !isMissing) {
      return first;
    }
    const tei = teiRerankWire(subject.endpoint.baseUrl, { model: learned.model ?? "", ...rerankProbe });
    const second = await send(tei, subject, http, signal);
    return second.outcome.kind === "reply" && second.outcome.reply.status < 400 ? second : first;
  },

  judge({ url, body, outcome }, asked, learned) {
    const subject = withTask(asked, learned);
    const { endpoint, credentials, task } = subject;
    const question = { method: "POST" as const, url, baseUrl: endpoint.baseUrl, key: credentials.key, task };
    const evidence = [
      body,
      ...(outcome.kind === "fault"
        ? faultEvidence("POST", url, outcome.fault)
        : replyEvidence("POST", url, outcome.reply)),
    ];
    const failures = judgeOutcome(outcome, question)
      .map((finding) => withMissingTask(finding, learned))
      .map((finding) => withModelFixes(finding, subject, learned));
    const findings =
      failures.length > 0 || outcome.kind !== "reply" ? failures : judgeAnswer(outcome.reply.body, subject);
    return { evidence, findings };
  },
};

/** The model rung may have found that the server serves another task than was guessed. */
function withTask(subject: Subject, learned: Learned): Subject {
  return { ...subject, task: learned.task ?? subject.task };
}

interface Wire {
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Nothing but what the task needs: a forced parameter must never turn a working endpoint red. */
function minimalRequest({ endpoint, task }: Subject, { model = "" }: Learned): Wire {
  const { baseUrl } = endpoint;
  if (task === "embedding") {
    return {
      url: joinPath(baseUrl, "/embeddings"),
      body: { model, input: "ping", encoding_format: "float" },
    };
  }
  if (task === "rerank") {
    return rerankWire(baseUrl, { model, ...rerankProbe });
  }
  if (endpoint.protocol === "generate") {
    return { url: joinPath(baseUrl, generatePath(model)), body: { prompt: "ping", max_tokens: 8 } };
  }
  const messages = [{ role: "user", content: "ping" }];
  return { url: joinPath(baseUrl, "/chat/completions"), body: { model, messages, max_tokens: 8 } };
}

async function send(wire: Wire, subject: Subject, http: Http, signal: AbortSignal): Promise<RequestEvidence> {
  const { endpoint, credentials } = subject;
  const body = JSON.stringify(wire.body);
  const headers = { ...requestHeaders(credentials), "content-type": "application/json" };
  const { timeouts, tls } = endpoint;
  const outcome = await http.send(
    { method: "POST", url: wire.url, headers, body, timeouts, tls, maxBytes: replyBytes },
    signal,
  );
  return { url: wire.url, body, outcome };
}

/** A 200 with JSON is not yet an answer to what was asked. */
function judgeAnswer(text: string, { task, endpoint }: Subject): readonly Finding[] {
  const body = parseJson(text);
  if (task === "embedding") {
    const read = readEmbedding(body);
    return read === undefined ? [notAnAnswer("http.malformed", text)] : judgeVector(read.vector);
  }
  if (task === "rerank") {
    return readRerank(body) === undefined ? [notAnAnswer("rerank.shape", text)] : [];
  }
  const isAnswer =
    endpoint.protocol === "generate" ? text.includes('"generated_text"') : readChunk(body) !== undefined;
  return isAnswer ? [] : [notAnAnswer("http.malformed", text)];
}

function notAnAnswer(code: FindingCode, text: string): Finding {
  return {
    code,
    severity: "blocker",
    evidence: [text.slice(0, 300)],
    fixes: [{ kind: "test-again" }, { kind: "open-settings" }],
  };
}

/** The list of models proves the path, so a 404 is the task's: newer vLLM has routes for its model's tasks alone (servers.md 0.4). */
function withMissingTask(finding: Finding, { served }: Learned): Finding {
  return finding.code === "http.wrong-path" && served !== undefined
    ? { ...finding, code: "task.not-started-for", fixes: [{ kind: "list-models" }, { kind: "test-again" }] }
    : finding;
}

/** A refused model gets the nearest served ones as fixes. */
function withModelFixes(finding: Finding, { task }: Subject, { served, model = "" }: Learned): Finding {
  if (!finding.code.startsWith("model.") || served === undefined) {
    return finding;
  }
  const near = nearestModels(
    model,
    served.map(({ id }) => id),
  );
  return {
    ...finding,
    fixes: [...near.map((id) => ({ kind: "use-model" as const, task, model: id })), ...finding.fixes],
  };
}
