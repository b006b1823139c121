/** One short chat request of a test, asked the way this endpoint takes it, and what came back, streamed or whole. */

import { readCompletion } from "../../chat/chatChunk.ts";
import type { Usage } from "../../chat/streamEvent.ts";
import type { ToolCall, Transcript } from "../../chat/transcript.ts";
import { joinPath } from "../../endpoint/baseUrl.ts";
import { type ChatHabits, plainHabits } from "../chatHabits.ts";
import { parseJson } from "../errorEnvelope.ts";
import type { Finding } from "../finding.ts";
import type { DiagnosisPorts, Learned, Subject } from "../step.ts";
import { type StreamedChat, streamChat } from "./streamedChat.ts";
import { judgeTaskReply, notAnAnswer, sendWire, type Wire } from "./taskRequest.ts";

type Fields = Readonly<Record<string, unknown>>;

export interface ChatAsk {
  readonly messages: readonly Fields[];
  /** The longest answer. */
  readonly tokens: number;
  /** Merged into the top level of the body. */
  readonly extra?: Fields;
}

/** What the model said. */
export interface ChatSaid {
  /** The content as it stood on the wire, think tags included. */
  readonly answer: string;
  /** What stood in a field of its own. */
  readonly reasoning: string;
  readonly reasoningField?: "reasoning_content" | "reasoning";
  readonly calls: readonly ToolCall[];
  /** Empty where the server named none. */
  readonly finishReason: string;
  readonly usage?: Usage;
}

export interface ChatReply extends StreamedChat {
  /** Absent when the reply was no answer. */
  readonly said?: ChatSaid;
}

export const user = (content: string): Fields => ({ role: "user", content });

export async function askChat(
  ask: ChatAsk,
  subject: Subject,
  learned: Learned,
  ports: DiagnosisPorts,
  signal: AbortSignal,
): Promise<ChatReply> {
  const habits = learned.chatHabits ?? plainHabits;
  const wire = chatWire(ask, subject, learned);
  const reply: StreamedChat =
    habits.delivery === "stream"
      ? await streamChat(wire, subject, learned, ports, signal)
      : await sendWire(wire, subject, ports.http, signal);
  const said = saidIn(reply);
  return said === undefined ? reply : { ...reply, said };
}

function chatWire({ messages, tokens, extra }: ChatAsk, { endpoint }: Subject, learned: Learned): Wire {
  const model = learned.chosen?.chat ?? "";
  const { limit }: ChatHabits = learned.chatHabits ?? plainHabits;
  return {
    url: joinPath(endpoint.baseUrl, "/chat/completions"),
    body: { model, messages, ...(limit === undefined ? {} : { [limit]: tokens }), ...extra },
  };
}

/** Why there is no answer; empty where there is one. */
export function judgeChatReply(reply: ChatReply, subject: Subject, learned: Learned): readonly Finding[] {
  const { outcome, streamed, said } = reply;
  if (streamed !== undefined) {
    return streamed.transcript.findings;
  }
  const failures = judgeTaskReply(reply, subject, learned, "chat");
  if (failures.length > 0 || said !== undefined || outcome.kind !== "reply") {
    return failures;
  }
  return [notAnAnswer("http.malformed", outcome.reply.body)];
}

/** Thinking between tags stands in the content, where the server does not split it. */
export const thinkTag = /<\/?think>/i;

export function hasThought(said: ChatSaid | undefined): boolean {
  return said !== undefined && (said.reasoning !== "" || thinkTag.test(said.answer));
}

function saidIn({ outcome, streamed }: StreamedChat): ChatSaid | undefined {
  const body = outcome.kind === "fault" ? "" : outcome.reply.body;
  const field = reasoningFieldIn(body);
  const named = field === undefined ? {} : { reasoningField: field };
  if (streamed !== undefined) {
    // Even one whose connection broke after its last word.
    return streamed.transcript.outcome?.kind === "finished"
      ? { ...streamSaid(streamed.transcript, body), ...named }
      : undefined;
  }
  if (outcome.kind !== "reply" || outcome.reply.status < 200 || outcome.reply.status > 299) {
    return undefined;
  }
  const parts = readCompletion(parseJson(body));
  return parts === undefined
    ? undefined
    : {
        answer: parts.answer,
        reasoning: parts.reasoning,
        calls: parts.toolCalls.map(({ name, argumentsText }) => ({ name, argumentsText })),
        finishReason: parts.finishReason ?? "",
        ...named,
        ...(parts.usage === undefined ? {} : { usage: parts.usage }),
      };
}

function streamSaid({ answer, reasoning, toolCalls, usage, outcome }: Transcript, body: string): ChatSaid {
  // The stream's reader takes think tags out of the content; the bytes tell (Go escapes the angle brackets).
  const isTagged = /(<|\\u003c)\/?think(>|\\u003e)/i.test(body) && reasoningFieldIn(body) === undefined;
  return {
    answer: isTagged ? `<think>${reasoning}</think>${answer}` : answer,
    reasoning: isTagged ? "" : reasoning,
    calls: toolCalls,
    finishReason: outcome?.kind === "finished" ? outcome.finishReason : "",
    ...(usage === undefined ? {} : { usage }),
  };
}

/** The name under which thinking came. Inside a JSON text the quotes would be escaped, so an answer cannot fake it. */
function reasoningFieldIn(body: string): ChatSaid["reasoningField"] {
  if (/"reasoning_content"\s*:\s*"[^"]/.test(body)) {
    return "reasoning_content";
  }
  return /"reasoning"\s*:\s*"[^"]/.test(body) ? "reasoning" : undefined;
}
