/** One request to a model, as the rungs of a task send it, and what is judged alike for every task. */

import type { Task } from "../../endpoint/endpoint.ts";
import { requestHeaders, sentKey } from "../../endpoint/requestHeaders.ts";
import type { Http, HttpOutcome, HttpRequest } from "../../ports.ts";
import { excerpt, faultEvidence, replyEvidence } from "../evidence.ts";
import type { Finding, FindingCode } from "../finding.ts";
import { type Asked, judgeOutcome } from "../judgeReply.ts";
import type { Learned, Subject } from "../step.ts";
import { suggestModels } from "../suggestModels.ts";

/** A URL and a JSON body for it. */
export interface Wire {
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface TaskReply {
  readonly url: string;
  /** As it was sent. */
  readonly body: string;
  readonly outcome: HttpOutcome;
}

/** A test's reply is a few tokens or a few vectors. */
const replyBytes = 4 * 1024 * 1024;

/** A test's request is short, unless it repeats what the server said. */
const bodyShown = 1000;

export async function sendWire(
  wire: Wire,
  subject: Subject,
  http: Http,
  signal: AbortSignal,
): Promise<TaskReply> {
  const request = wireRequest(wire, subject);
  const outcome = await http.send(request, signal);
  return { url: wire.url, body: request.body ?? "", outcome };
}

/** The request that carries this body, with the endpoint's key, headers, time-outs and certificates. */
export function wireRequest(wire: Wire, { endpoint, credentials }: Subject): HttpRequest {
  const headers = { ...requestHeaders(credentials), "content-type": "application/json" };
  const { timeouts, tls } = endpoint;
  const body = JSON.stringify(wire.body);
  return { method: "POST", url: wire.url, headers, body, timeouts, tls, maxBytes: replyBytes };
}

/** What was sent and what came back. */
export function taskEvidence({ url, body, outcome }: TaskReply): readonly string[] {
  const came =
    outcome.kind === "fault"
      ? faultEvidence("POST", url, outcome.fault)
      : replyEvidence("POST", url, outcome.reply);
  return [excerpt(body, bodyShown), ...came];
}

/** Why the server did not answer: fault, error or refusal, with the nearest served models as fixes. Empty for a 2xx with JSON and no error. */
export function judgeTaskReply(
  { url, outcome }: TaskReply,
  subject: Subject,
  learned: Learned,
  task: Task,
): readonly Finding[] {
  return judgeOutcome(outcome, taskAsked(url, subject, learned, task))
    .map((finding) => withMissingTask(finding, learned))
    .map((finding) => withModelFixes(finding, task, learned));
}

/** What a request of a task asked, as far as it helps to read the answer. */
export function taskAsked(
  url: string,
  { endpoint, credentials }: Subject,
  { chosen }: Learned,
  task: Task,
): Asked {
  const model = chosen?.[task];
  const asked = { method: "POST" as const, url, baseUrl: endpoint.baseUrl, key: sentKey(credentials), task };
  return { ...asked, ...(model === undefined ? {} : { model }) };
}

/** A 200 with JSON that is no answer to what was asked. */
export function notAnAnswer(code: FindingCode, text: string): Finding {
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

/** A refused model gets the nearest served ones as fixes, or the only one. */
function withModelFixes(finding: Finding, task: Task, { served, chosen }: Learned): Finding {
  if (!finding.code.startsWith("model.") || served === undefined) {
    return finding;
  }
  const near = suggestModels(chosen?.[task] ?? "", served);
  return {
    ...finding,
    fixes: [...near.map((id) => ({ kind: "use-model" as const, task, model: id })), ...finding.fixes],
  };
}
