/** What the composer opens with to ask further, or to ask the same anew. */

import { draftMessages, type ChatDraft, type DraftMessage } from "../../core/chat/chatDraft.ts";
import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import { parametersOf } from "../../core/servers/parametersOf.ts";
import type { ServerId } from "../../core/servers/serverId.ts";
import type { ChatAsked, ChatState } from "./chatCourse.ts";

/** Reasoning is left out: servers do not want it back. */
export function draftOfChat(
  asked: ChatAsked,
  { model, transcript }: Pick<ChatState, "model" | "transcript">,
  answer: "with" | "without",
  server: ServerId | undefined,
): ChatDraft {
  const draft = asked.draft ?? builtDraft(asked, server);
  const asker = { ...draft, model: modelToGoOnWith(draft.model, asked.endpoint, model) };
  return answer === "without"
    ? asker
    : { ...asker, messages: withAnswer(draft.messages, answerOf(transcript)) };
}

/** One that was found out on the way, where none was named. */
export function modelToGoOnWith(named: string, { models }: Endpoint, used: string): string {
  return named === "" && used !== (models.chat ?? "") ? used : named;
}

/** Fields the server is known to have become parameters, the others extra JSON. */
function builtDraft(
  { endpoint, model, messages, extra }: ChatAsked,
  server: ServerId | undefined,
): ChatDraft {
  const known = new Set(parametersOf(server, endpoint.protocol).map(({ name }) => name));
  const [own, others] = [true, false].map((isKnown) =>
    Object.fromEntries(Object.entries(extra).filter(([name]) => known.has(name) === isKnown)),
  );
  const isEmpty = Object.keys(others ?? {}).length === 0;
  return {
    endpointId: endpoint.id,
    model: model ?? "",
    ...draftMessages(messages),
    parameters: own ?? {},
    extra: isEmpty ? "" : JSON.stringify(others, null, 2),
  };
}

function answerOf({ answer, toolCalls }: ChatState["transcript"]): DraftMessage | undefined {
  const calls = toolCalls.map(({ id, name, argumentsText }) => ({
    ...(id === undefined ? {} : { id }),
    type: "function",
    function: { name, arguments: argumentsText },
  }));
  return answer === "" && calls.length === 0
    ? undefined
    : {
        role: "assistant",
        text: answer,
        images: [],
        ...(calls.length === 0 ? {} : { rest: { tool_calls: calls } }),
      };
}

/** A continued answer and the rest of it are one message. */
function withAnswer(
  messages: readonly DraftMessage[],
  answer: DraftMessage | undefined,
): readonly DraftMessage[] {
  const last = messages.at(-1);
  if (answer === undefined) {
    return messages;
  }
  return last?.role === "assistant"
    ? [...messages.slice(0, -1), { ...last, ...answer, text: last.text + answer.text }]
    : [...messages, answer];
}
