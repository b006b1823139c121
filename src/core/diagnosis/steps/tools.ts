/** Does a tool call make the round trip? */

import type { ToolCall } from "../../chat/transcript.ts";
import type { Finding } from "../finding.ts";
import type { Learned, Step, Subject } from "../step.ts";
import {
  found,
  isJsonObject,
  isPlainProtocol,
  judgeExtra,
  plainProtocol,
  saidEvidence,
  skipped,
  replyLines,
} from "./chatExtras.ts";
import { askChat, type ChatReply, type ChatSaid, user } from "./chatProbe.ts";
import { readCallIds } from "./readCallIds.ts";
import { shortAnswer } from "./shortAnswer.ts";

type Fields = Readonly<Record<string, unknown>>;

interface ToolsEvidence {
  readonly call: ChatReply;
  /** Sent back with the tool's result; absent where no call came. */
  readonly result?: ChatReply;
}

const question = user("What time is it in Beijing? Call the tool get_time to find out.");

const offered = [
  {
    type: "function",
    function: {
      name: "get_time",
      description: "The time of day in a city.",
      parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    },
  },
];

export const tools: Step<ToolsEvidence | undefined> = {
  id: "tools",
  task: "chat",
  depth: "full",

  async gather(subject, learned, ports, signal) {
    if (isPlainProtocol(subject)) {
      return undefined;
    }
    const room = shortAnswer(learned, 128);
    const extra = { ...room.extra, tools: offered };
    const ask = (messages: readonly Fields[]) =>
      askChat({ messages, tokens: room.tokens, extra }, subject, learned, ports, signal);
    const call = await ask([question]);
    const turns = answeredCalls(call);
    return turns === undefined ? { call } : { call, result: await ask([question, ...turns]) };
  },

  judge(evidence, subject, learned) {
    if (evidence === undefined) {
      return skipped(plainProtocol);
    }
    const { call, result } = evidence;
    return {
      evidence: [
        ...replyLines("tools", call),
        ...(result === undefined ? [] : replyLines("role tool", result)),
      ],
      findings: [
        ...judgeCall(call, subject, learned),
        ...(result === undefined ? [] : judgeResult(result, subject, learned)),
      ],
    };
  },
};

/** No more is sent back than a sound model says to this question. */
const mostCalls = 4;
const longestText = 2000;

/** The model's calls as it made them, each with a result; undefined where it made none that a program could follow. */
function answeredCalls({ said, outcome }: ChatReply): readonly Fields[] | undefined {
  const canFollow = ({ argumentsText }: ToolCall): boolean =>
    argumentsText.length <= longestText && isJsonObject(argumentsText);
  if (said === undefined || said.calls.length === 0 || !said.calls.every(canFollow)) {
    return undefined;
  }
  const ids = outcome.kind === "reply" ? readCallIds(outcome.reply.body) : [];
  const calls = said.calls.slice(0, mostCalls).map(({ name, argumentsText }, index) => ({
    // Mistral's templates want nine letters and digits.
    id: ids[index] ?? `call0000${index}`,
    type: "function",
    function: { name, arguments: argumentsText },
  }));
  const results = calls.map(({ id }) => ({ role: "tool", tool_call_id: id, content: '{"time": "09:30"}' }));
  return [{ role: "assistant", content: said.answer.slice(0, longestText), tool_calls: calls }, ...results];
}

function judgeCall(reply: ChatReply, subject: Subject, learned: Learned): readonly Finding[] {
  const { said } = reply;
  if (said === undefined) {
    return judgeExtra(reply, subject, learned).map(namedByTool);
  }
  const evidence = [saidEvidence("tools", said)];
  if (said.calls.length === 0) {
    return judgeText(said, evidence);
  }
  const isBroken = said.calls.some(({ argumentsText }) => !isJsonObject(argumentsText));
  // Arguments that the end of the tokens cut say nothing of the server.
  return isBroken && said.finishReason !== "length" ? [found("http.malformed", "warning", evidence)] : [];
}

/** A call written out in the text was not parsed by the server; any other text may be the model's choice. */
function judgeText(said: ChatSaid, evidence: readonly string[]): readonly Finding[] {
  const isUnparsed = /<tool_call>|<function=|<\|tool|✿FUNCTION✿|\[TOOL_CALLS\]/i.test(
    said.answer + said.reasoning,
  );
  if (isUnparsed) {
    return [found("request.tools-disabled", "warning", evidence)];
  }
  // Thinking may have used up the tokens.
  return said.finishReason === "length" ? [] : [found("request.tools-disabled", "note", evidence)];
}

function judgeResult(reply: ChatReply, subject: Subject, learned: Learned): readonly Finding[] {
  const { said } = reply;
  if (said === undefined) {
    return judgeExtra(reply, subject, learned);
  }
  const isSilent = said.answer.trim() === "" && said.reasoning === "" && said.calls.length === 0;
  return isSilent ? [found("http.malformed", "warning", [saidEvidence("role tool", said)])] : [];
}

/** A refusal that speaks of tools, in words no rule knows. */
function namedByTool(finding: Finding): Finding {
  const isAboutTools = finding.code === "request.invalid" || finding.code === "request.extra-body";
  const [, ...came] = finding.evidence;
  return isAboutTools && /tool/i.test(came.join(" "))
    ? { ...finding, code: "request.tools-disabled" }
    : finding;
}
