/** What the rungs above `chat` share: the model answers already, so whatever fails there is at most a warning. */

import { parseJson } from "../errorEnvelope.ts";
import { excerpt } from "../evidence.ts";
import type { Finding, FindingCode, Severity } from "../finding.ts";
import type { Judgement, Learned, Subject } from "../step.ts";
import { type ChatReply, type ChatSaid, judgeChatReply } from "./chatProbe.ts";
import { taskEvidence } from "./taskRequest.ts";

/** The plain "generate" protocol has one kind of request and one kind of reply. */
export function isPlainProtocol({ endpoint }: Subject): boolean {
  return endpoint.protocol === "generate";
}

export function skipped(why: string): Judgement {
  return { status: "skipped", evidence: [why], findings: [] };
}

export const plainProtocol = "protocol: generate";

/** Why an extra request failed, one step milder; a refusal of the extra field itself is worth a note alone. */
export function judgeExtra(
  reply: ChatReply,
  subject: Subject,
  learned: Learned,
  refusal: Severity = "warning",
): readonly Finding[] {
  const { outcome } = reply;
  const isRefused =
    outcome.kind === "reply" && (outcome.reply.status === 400 || outcome.reply.status === 422);
  return judgeChatReply(reply, subject, learned).map((finding) => ({
    ...finding,
    severity: isRefused ? refusal : finding.severity === "blocker" ? "warning" : finding.severity,
  }));
}

/** A finding about what a model said, with the start of it as proof. */
export function found(code: FindingCode, severity: Severity, evidence: readonly string[]): Finding {
  return { code, severity, evidence, fixes: [{ kind: "test-again" }] };
}

/** What was sent, what came back, and what the model said in it. */
export function replyLines(what: string, reply: ChatReply): readonly string[] {
  const lines = taskEvidence(reply);
  return reply.said === undefined ? lines : [...lines, saidEvidence(what, reply.said)];
}

/** One line: which field holds how much, and how it ended. */
export function saidEvidence(what: string, said: ChatSaid): string {
  const { answer, reasoning, reasoningField = "reasoning_content", calls, finishReason } = said;
  const parts = [
    `content ${quoted(answer)}`,
    ...(reasoning === "" ? [] : [`${reasoningField} ${quoted(reasoning)}`]),
    ...calls.map(({ name, argumentsText }) => `tool call ${excerpt(`${name}(${argumentsText})`, 200)}`),
    `finish_reason ${finishReason === "" ? "–" : finishReason}`,
  ];
  return `${what}: ${parts.join(", ")}`;
}

export function isJsonObject(text: string): boolean {
  const value = parseJson(text);
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function quoted(text: string): string {
  return text === "" ? "–" : `"${excerpt(text, 120)}"`;
}
