import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { envelope, type ChatCompletion } from "./chatCompletion.ts";
import type { UsageChunk } from "./chatRequest.ts";
import type { Pace } from "./pace.ts";

/** One SSE event; only those that carry a token take the time of one. */
export interface StreamPart {
  readonly carries: "token" | "frame";
  readonly data: string;
}

/** The events of a stream in order: role, reasoning, answer, finish reason, usage where asked for, `[DONE]`. */
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
  yield { carries: "frame", data: chunk({}, completion.finishReason) };
  if (usageChunk === "sent") {
    yield { carries: "frame", data: JSON.stringify({ ...shared, choices: [], usage: completion.usage }) };
  }
  yield { carries: "frame", data: "[DONE]" };
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
