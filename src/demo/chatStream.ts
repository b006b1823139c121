import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { envelope, type ChatCompletion, type ToolCall } from "./chatCompletion.ts";
import type { UsageChunk } from "./chatRequest.ts";
import type { Pace } from "./pace.ts";

/** One SSE event; only those that carry a token take the time of one. */
export interface StreamPart {
  readonly carries: "token" | "frame";
  readonly data: string;
}

/** The events of a stream in order: role, reasoning, answer, tool call, finish reason, usage where asked for, `[DONE]`. */
export function* streamParts(
  completion: ChatCompletion,
  usageChunk: UsageChunk,
): Generator<StreamPart, void> {
  const shared = envelope(completion, "chat.completion.chunk");
  const chunk = (delta: object, finishReason: string | null): string =>
    JSON.stringify({ ...shared, choices: [{ index: 0, delta, finish_reason: finishReason }] });

  yield { carries: "frame", data: chunk({ role: "assistant" }, null) };
  for (const token of completion.reasoning)
    yield { carries: "token", data: chunk({ reasoning_content: token }, null) };
  for (const token of completion.answer) yield { carries: "token", data: chunk({ content: token }, null) };
  for (const delta of callDeltas(completion.toolCall))
    yield { carries: "token", data: chunk({ tool_calls: [delta] }, null) };
  yield { carries: "frame", data: chunk({}, completion.finishReason) };
  if (usageChunk === "sent") {
    yield { carries: "frame", data: JSON.stringify({ ...shared, choices: [], usage: completion.usage }) };
  }
  yield { carries: "frame", data: "[DONE]" };
}

/** The name comes first, with the first piece of the arguments, as on vLLM. */
function* callDeltas(call: ToolCall | undefined): Generator<object, void> {
  for (const [place, piece] of (call?.argumentsTokens ?? []).entries()) {
    const named = { id: call?.id, type: "function", function: { name: call?.name, arguments: piece } };
    yield { index: 0, ...(place === 0 ? named : { function: { arguments: piece } }) };
  }
}

/** Writes the events at the pace; rejects with the signal's reason as soon as the client is gone. */
export async function sendStream(
  response: ServerResponse,
  parts: Iterable<StreamPart>,
  pace: Pace,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
  });
  for (const part of parts) {
    if (part.carries === "token") await pace.nextToken();
    signal.throwIfAborted();
    if (!response.write(`data: ${part.data}\n\n`)) await once(response, "drain", { signal });
  }
  response.end();
}
