/** One short chat request: the proof that the model answers, and how it wants to be asked. */

import { generatePath } from "../../chat/chatRequest.ts";
import { joinPath } from "../../endpoint/baseUrl.ts";
import type { ChatHabits } from "../chatHabits.ts";
import type { Finding } from "../finding.ts";
import type { DiagnosisPorts, Judgement, Learned, Step, Subject } from "../step.ts";
import { varyTaskRoute } from "../variations/varyTaskRoute.ts";
import { askUntilTaken, type AskedForms, pingTokens } from "./askUntilTaken.ts";
import { judgeContext, probeContext } from "./chatContext.ts";
import { found } from "./chatExtras.ts";
import { type ChatReply, hasThought, judgeChatReply } from "./chatProbe.ts";
import { saidNothing } from "./saidNothing.ts";
import { judgeTaskReply, notAnAnswer, sendWire, taskEvidence, type TaskReply } from "./taskRequest.ts";

type ChatEvidence =
  | { readonly protocol: "generate"; readonly reply: TaskReply }
  | (AskedForms & { readonly protocol: "openai"; readonly context?: ChatReply });

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

function judgeAsked(
  { refused, last, inVain, context }: ChatEvidence & { readonly protocol: "openai" },
  subject: Subject,
  learned: Learned,
): Judgement {
  const { habits, reply } = last;
  const before = refused.flatMap((each) => judgeChatReply(each.reply, subject, learned));
  const findings = [...judgeChatReply(reply, subject, learned), ...before.map(overcome)];
  const evidence = [...refused, last, ...inVain].flatMap((each) => taskEvidence(each.reply));
  if (reply.said === undefined) {
    return { evidence, findings };
  }
  const room = judgeContext(context, subject, learned);
  const chatHabits: ChatHabits = { ...habits, reasoning: hasThought(reply.said) ? "seen" : "none" };
  return {
    evidence: [...evidence, ...room.evidence],
    findings: [...judgeSilence(reply), ...findings, ...room.findings],
    learned: { chatHabits },
  };
}

/** It answers, and with nothing: a model may do so once, a server that loses the text always. */
function judgeSilence(reply: ChatReply): readonly Finding[] {
  return reply.said !== undefined && saidNothing(reply.said, pingTokens)
    ? [found("http.malformed", "warning", taskEvidence(reply).slice(1))]
    : [];
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
