/** Does thinking go to its own field, and can it be turned off? */

import { profileOf } from "../../servers/profileOf.ts";
import { templateSwitch } from "../../servers/profiles/templateSwitch.ts";
import { plainHabits } from "../chatHabits.ts";
import type { Finding, Severity } from "../finding.ts";
import type { Learned, Step, Subject } from "../step.ts";
import {
  found,
  isPlainProtocol,
  judgeExtra,
  plainProtocol,
  saidEvidence,
  skipped,
  replyLines,
} from "./chatExtras.ts";
import { askChat, type ChatReply, type ChatSaid, hasThought, thinkTag, user } from "./chatProbe.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The fields that turn thinking on and off. `guessed`: nobody knows this server's, so the most widespread ones are tried. */
interface Switch {
  readonly on: Fields;
  readonly off: Fields;
  readonly source: "profile" | "guessed";
}

interface ThinkingEvidence {
  readonly used: Switch;
  readonly on: ChatReply;
  readonly off: ChatReply;
}

/** Models of Qwen3's kind, and those that always think. */
const thinks = /qwen3|qwq|thinking|deepseek-r1/i;
const alwaysThinks = /thinking|qwq|deepseek-r1/i;

const question = [user("What is 17 + 25? Answer with the number alone.")];

export const thinking: Step<ThinkingEvidence | undefined> = {
  id: "thinking",
  task: "chat",
  depth: "full",

  async gather(subject, learned, ports, signal) {
    if (whyNot(subject, learned) !== undefined) {
      return undefined;
    }
    const used = switchOf(learned);
    const known = streamedWhereNeeded(learned);
    const ask = (extra: Fields, tokens: number) =>
      askChat({ messages: question, tokens, extra }, subject, known, ports, signal);
    return { used, on: await ask(used.on, 256), off: await ask(used.off, 64) };
  },

  judge(evidence, subject, learned) {
    if (evidence === undefined) {
      return skipped(whyNot(subject, learned) ?? "");
    }
    const { used, on, off } = evidence;
    const habits = learned.chatHabits ?? plainHabits;
    const isOff = off.said !== undefined && !hasThought(off.said);
    return {
      evidence: [...replyLines(JSON.stringify(used.on), on), ...replyLines(JSON.stringify(used.off), off)],
      findings: oncePerCode([
        ...judgeOn(evidence, subject, learned),
        ...judgeOff(evidence, subject, learned),
      ]),
      ...(isOff ? { learned: { chatHabits: { ...habits, thinkingOff: used.off } } } : {}),
    };
  },
};

function whyNot(subject: Subject, { chosen, chatHabits }: Learned): string | undefined {
  if (isPlainProtocol(subject)) {
    return plainProtocol;
  }
  const model = chosen?.chat ?? "";
  return thinks.test(model) || chatHabits?.reasoning === "seen" ? undefined : `${model}: no thinking seen`;
}

/** Where nothing is known of the server or of its switch, the one that most have. */
function switchOf({ server }: Learned): Switch {
  const known = server === undefined ? undefined : profileOf(server.id).thinking;
  return { ...(known ?? templateSwitch), source: known === undefined ? "guessed" : "profile" };
}

/** DashScope takes thinking on its open Qwen3 models in streams alone (servers.md 0.10). */
function streamedWhereNeeded(learned: Learned): Learned {
  const habits = learned.chatHabits ?? plainHabits;
  const delivery = learned.server?.id === "dashscope" ? "stream" : habits.delivery;
  return { ...learned, chatHabits: { ...habits, delivery } };
}

function judgeOn({ on, used }: ThinkingEvidence, subject: Subject, learned: Learned): readonly Finding[] {
  const { said } = on;
  if (said === undefined) {
    return judgeExtra(on, subject, learned, "note");
  }
  const evidence = [saidEvidence(JSON.stringify(used.on), said)];
  return [...judgeUnsplit(said, evidence, learned), ...judgeField(said, evidence, learned)];
}

function judgeOff({ off, used }: ThinkingEvidence, subject: Subject, learned: Learned): readonly Finding[] {
  const { said } = off;
  if (said === undefined) {
    return judgeExtra(off, subject, learned, "note");
  }
  const evidence = [saidEvidence(JSON.stringify(used.off), said)];
  // Ended in order without a word of content: the answer itself is in the thinking's field (vLLM 0.8.5, servers.md 0.10).
  if (said.answer.trim() === "" && said.reasoning !== "" && said.finishReason === "stop") {
    return [found("thinking.wrong-field", "warning", evidence)];
  }
  const isThinking = said.reasoning !== "" || thoughtIn(said.answer) !== "";
  const model = learned.chosen?.chat ?? "";
  // A model that always thinks, and a switch that was guessed, are no fault of the server.
  const severity: Severity = used.source === "guessed" || alwaysThinks.test(model) ? "note" : "warning";
  return [
    ...(isThinking ? [found("thinking.cannot-disable", severity, evidence)] : []),
    ...judgeUnsplit(said, evidence, learned),
  ];
}

/** Tags in the content; or, of a model that always thinks and starts behind the opening tag, thoughts to the end of the tokens. */
function judgeUnsplit(said: ChatSaid, evidence: readonly string[], learned: Learned): readonly Finding[] {
  const isEndless =
    alwaysThinks.test(learned.chosen?.chat ?? "") &&
    said.reasoning === "" &&
    said.answer !== "" &&
    said.finishReason === "length";
  return thinkTag.test(said.answer) || isEndless ? [found("thinking.unsplit", "warning", evidence)] : [];
}

/** Every client reads `reasoning_content`; another name is expected only where the server is known for it. */
function judgeField(said: ChatSaid, evidence: readonly string[], learned: Learned): readonly Finding[] {
  const expected = profileOf(learned.server?.id).reasoningField ?? "reasoning_content";
  const { reasoningField = expected } = said;
  return reasoningField === expected || reasoningField === "reasoning_content"
    ? []
    : [found("thinking.wrong-field", "note", evidence)];
}

/** What stands between the tags, or before a lone closing one, as Qwen3-Thinking-2507 writes it. */
function thoughtIn(answer: string): string {
  const opened = /<think>([\s\S]*?)(<\/think>|$)/i.exec(answer)?.[1];
  return (opened ?? /^([\s\S]*?)<\/think>/i.exec(answer)?.[1] ?? "").trim();
}

function oncePerCode(findings: readonly Finding[]): readonly Finding[] {
  const weights: readonly Severity[] = ["blocker", "warning", "note"];
  return [...findings]
    .sort((a, b) => weights.indexOf(a.severity) - weights.indexOf(b.severity))
    .filter(({ code }, index, all) => all.findIndex((other) => other.code === code) === index);
}
