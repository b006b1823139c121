/** One short chat request: the proof that the model answers, and how it wants to be asked. */

import { generatePath } from "../../chat/chatRequest.ts";
import { joinPath } from "../../endpoint/baseUrl.ts";
import { type ChatHabits, plainHabits } from "../chatHabits.ts";
import type { Finding } from "../finding.ts";
import type { DiagnosisPorts, Judgement, Learned, Step, Subject } from "../step.ts";
import { varyTaskRoute } from "../variations/varyTaskRoute.ts";
import { judgeContext, probeContext } from "./chatContext.ts";
import { askChat, type ChatReply, hasThought, judgeChatReply, user } from "./chatProbe.ts";
import { judgeTaskReply, notAnAnswer, sendWire, taskEvidence, type TaskReply } from "./taskRequest.ts";

interface Asked {
  readonly habits: ChatHabits;
  readonly reply: ChatReply;
}

type ChatEvidence =
  | { readonly protocol: "generate"; readonly reply: TaskReply }
  | {
      readonly protocol: "openai";
      /** Forms of asking that were refused in a way that another one may cure, in order. */
      readonly refused: readonly Asked[];
      readonly last: Asked;
      readonly context?: ChatReply;
    };

export const chat: Step<ChatEvidence> = {
  id: "chat",
  task: "chat",

  vary: varyTaskRoute("chat"),

  async gather(subject, learned, ports, signal) {
    if (subject.endpoint.protocol === "generate") {
      return { protocol: "generate", reply: await sendGenerate(subject, learned, ports, signal) };
    }
    const asked = await askUntilTaken(subject, learned, ports, signal);
    const { habits, reply } = asked.last;
    const context =
      reply.said === undefined
        ? undefined
        : await probeContext(subject, { ...learned, chatHabits: habits }, ports, signal);
    return { protocol: "openai", ...asked, ...(context === undefined ? {} : { context }) };
  },

  judge: (evidence, subject, learned) =>
    evidence.protocol === "generate"
      ? judgeGenerated(evidence.reply, subject, learned)
      : judgeAsked(evidence, subject, learned),
};

/** Nothing but what the task needs; where the server refuses a form of asking, the one that it asks for. */
async function askUntilTaken(
  subject: Subject,
  learned: Learned,
  ports: DiagnosisPorts,
  signal: AbortSignal,
): Promise<{ readonly refused: readonly Asked[]; readonly last: Asked }> {
  const refused: Asked[] = [];
  let habits = plainHabits;
  for (;;) {
    const known = { ...learned, chatHabits: habits };
    const reply = await askChat({ messages: [user("ping")], tokens: 8 }, subject, known, ports, signal);
    const last = { habits, reply };
    const next = otherHabits(last, judgeChatReply(reply, subject, known));
    if (next === undefined) {
      return { refused, last };
    }
    refused.push(last);
    habits = next;
  }
}

/** How to ask instead; each form is given up once, so this ends. */
function otherHabits({ habits, reply }: Asked, failures: readonly Finding[]): ChatHabits | undefined {
  const codes = failures.map(({ code }) => code);
  if (codes.includes("request.thinking-needs-stream") && habits.delivery === "whole") {
    return { ...habits, delivery: "stream" };
  }
  if (!codes.includes("request.max-tokens") || habits.limit === undefined) {
    return undefined;
  }
  const said = reply.outcome.kind === "reply" ? reply.outcome.reply.body : "";
  const { limit, ...rest } = habits;
  return limit === "max_tokens" && said.includes("max_completion_tokens")
    ? { ...rest, limit: "max_completion_tokens" }
    : rest;
}

function judgeAsked(
  { refused, last, context }: ChatEvidence & { readonly protocol: "openai" },
  subject: Subject,
  learned: Learned,
): Judgement {
  const { habits, reply } = last;
  const before = refused.flatMap((each) => judgeChatReply(each.reply, subject, learned));
  const findings = [...judgeChatReply(reply, subject, learned), ...before.map(overcome)];
  const evidence = [...refused, last].flatMap((each) => taskEvidence(each.reply));
  if (reply.said === undefined) {
    return { evidence, findings };
  }
  const room = judgeContext(context, subject, learned);
  const chatHabits: ChatHabits = { ...habits, reasoning: hasThought(reply.said) ? "seen" : "none" };
  return {
    evidence: [...evidence, ...room.evidence],
    findings: [...findings, ...room.findings],
    learned: { chatHabits },
  };
}

/** What another form of asking got round: programs that must ask in the first form will still meet it. */
function overcome(finding: Finding): Finding {
  return { ...finding, severity: finding.code === "request.max-tokens" ? "note" : "warning" };
}

function sendGenerate(
  subject: Subject,
  { chosen }: Learned,
  { http }: DiagnosisPorts,
  signal: AbortSignal,
): Promise<TaskReply> {
  const url = joinPath(subject.endpoint.baseUrl, generatePath(chosen?.chat ?? ""));
  return sendWire({ url, body: { prompt: "ping", max_tokens: 8 } }, subject, http, signal);
}

function judgeGenerated(reply: TaskReply, subject: Subject, learned: Learned): Judgement {
  const evidence = taskEvidence(reply);
  const failures = judgeTaskReply(reply, subject, learned, "chat");
  if (failures.length > 0 || reply.outcome.kind !== "reply") {
    return { evidence, findings: failures };
  }
  const text = reply.outcome.reply.body;
  const isAnswer = text.includes('"generated_text"');
  return { evidence, findings: isAnswer ? [] : [notAnAnswer("http.malformed", text)] };
}
