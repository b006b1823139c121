/** One request to a model, as the rungs of a task send it, and what is judged alike for every task. */

import type { Task } from "../../endpoint/endpoint.ts";
import { requestHeaders, sentKey } from "../../endpoint/requestHeaders.ts";
import type { Timeouts } from "../../endpoint/timeouts.ts";
import { wireOptions } from "../../endpoint/wireOptions.ts";
import type { Http, HttpOutcome, HttpRequest } from "../../ports.ts";
import { profileOf } from "../../servers/profileOf.ts";
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
  const options = wireOptions(endpoint, credentials);
  const timeouts = withEnd(endpoint.timeouts);
  const body = JSON.stringify(wire.body);
  return { method: "POST", url: wire.url, headers, body, timeouts, ...options, maxBytes: replyBytes };
}

/** How long a test's answer may take from its first byte on, in milliseconds. */
const longestAnswerMs = 120_000;

/** A test must end: keep-alives without content (llama.cpp, Xinference, OpenRouter) put the idle timer off for ever. */
function withEnd(timeouts: Timeouts): Timeouts {
  const { connectMs, firstByteMs, idleMs } = timeouts;
  const totalMs = connectMs + firstByteMs + Math.max(longestAnswerMs, idleMs);
  return { ...timeouts, totalMs: timeouts.totalMs ?? totalMs };
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
    .map((finding) => withMissingTask(finding, task, learned))
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

/** What a route that is not there looks like, whether for its path or its method. */
const missingRoute = new Set<FindingCode>(["http.wrong-path", "http.wrong-method", "address.missing-v1"]);

/**
 * Some servers have no API for the task under any path.
 * Elsewhere the list of models proves the path, so a 404 is the task's: newer vLLM has routes for its model's tasks alone (servers.md 0.4).
 */
function withMissingTask(finding: Finding, task: Task, { served, server }: Learned): Finding {
  if (missingRoute.has(finding.code) && profileOf(server?.id).lacks?.includes(task) === true) {
    return {
      ...finding,
      code: "task.unsupported",
      fixes: [{ kind: "open-settings" }, { kind: "test-again" }],
    };
  }
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
