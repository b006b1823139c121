import type { IncomingMessage, ServerResponse } from "node:http";
import { completionBody } from "./chatCompletion.ts";
import { sendStream, streamParts } from "./chatStream.ts";
import { errorReply, jsonReply, type DemoReply } from "./demoReply.ts";
import { startPace } from "./pace.ts";
import { bodyLimitBytes } from "./requestBody.ts";

/** Sends a reply; a chat answer takes the time its tokens take, streamed or not. Rejects when the client goes away. */
export async function sendReply(
  response: ServerResponse,
  reply: DemoReply,
  tokensPerSecond: number,
  signal: AbortSignal,
): Promise<void> {
  if (reply.kind === "document") {
    sendDocument(response, reply);
    return;
  }
  const pace = startPace(tokensPerSecond, signal);
  if (reply.kind === "chat-stream") {
    await sendStream(response, streamParts(reply.completion, reply.usageChunk), pace, signal);
    return;
  }
  await pace.tokens(reply.completion.usage.completion_tokens);
  signal.throwIfAborted();
  await sendReply(response, jsonReply(200, completionBody(reply.completion)), tokensPerSecond, signal);
}

/**
 * Says 413 at once, then goes on reading for a moment and throws away what comes: closing a socket with unread bytes
 * resets it, and the client would lose the answer.
 */
export function sendTooLarge(request: IncomingMessage, response: ServerResponse): void {
  const reply = errorReply(
    413,
    "BadRequestError",
    `The request body is larger than ${bodyLimitBytes} bytes.`,
  );
  if (reply.kind !== "document") return;
  const length = String(Buffer.byteLength(reply.body));
  response.writeHead(reply.status, { ...reply.headers, "content-length": length, connection: "close" });
  response.write(reply.body);
  const end = (): void => void response.end();
  const timer = setTimeout(end, readOnMs);
  response.once("close", () => clearTimeout(timer));
  request.once("end", end);
  request.resume();
}

const readOnMs = 2000;

function sendDocument(response: ServerResponse, reply: DemoReply & { readonly kind: "document" }): void {
  response.writeHead(reply.status, {
    ...reply.headers,
    "content-length": String(Buffer.byteLength(reply.body)),
  });
  response.end(reply.body);
}
