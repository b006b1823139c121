/** A chat server whose replies are functions of the request, for what a real server would have to be started wrongly to show. */

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate, setTimeout } from "node:timers/promises";

export type Fields = Readonly<Record<string, unknown>>;

/** One reply to a chat request. */
export interface ScriptedReply {
  /** The default is 200. */
  readonly status?: number;
  /** A whole reply; a string is sent as it is. */
  readonly body?: unknown;
  /** A stream instead: the data of its events, `[DONE]` not included. */
  readonly events?: readonly unknown[];
  /** `burst`: all events in one write after this time, as behind a proxy that collects them. */
  readonly burstAfterMs?: number;
}

export interface Script {
  /** What `GET /v1/models` answers. */
  readonly models: unknown;
  /** On every reply. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly chat: (request: Fields) => ScriptedReply;
}

export interface ScriptedModel {
  /** Ends in /v1. */
  readonly baseUrl: string;
  /** Bodies of the chat requests, the oldest first. */
  readonly asked: readonly Fields[];
  close(): Promise<void>;
}

export async function startScriptedModel(script: Script): Promise<ScriptedModel> {
  const asked: Fields[] = [];
  const server = createServer((request, response) => void answer(request, response, script, asked));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { models, headers = {}, chat }: Script,
  asked: Fields[],
): Promise<void> {
  response.on("error", () => undefined);
  const body = await textOf(request);
  if (request.url === "/v1/models") {
    send(response, headers, { body: models });
    return;
  }
  if (request.url !== "/v1/chat/completions" || request.method !== "POST") {
    send(response, headers, { status: 404, body: { detail: "Not Found" } });
    return;
  }
  const fields = JSON.parse(body) as Fields;
  asked.push(fields);
  const reply = chat(fields);
  if (reply.events === undefined) {
    send(response, headers, reply);
    return;
  }
  await stream(response, headers, reply);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(
  response: ServerResponse,
  headers: Script["headers"],
  { status = 200, body }: ScriptedReply,
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

async function stream(
  response: ServerResponse,
  headers: Script["headers"],
  reply: ScriptedReply,
): Promise<void> {
  const lines = [...(reply.events ?? []).map((event) => JSON.stringify(event)), "[DONE]"];
  const written = lines.map((line) => `data: ${line}\n\n`);
  response.writeHead(reply.status ?? 200, { "content-type": "text/event-stream", ...headers });
  if (reply.burstAfterMs !== undefined) {
    response.flushHeaders();
    await setTimeout(reply.burstAfterMs);
    response.end(written.join(""));
    return;
  }
  for (const each of written) {
    response.write(each);
    await setImmediate();
  }
  response.end();
}

/** A whole reply with this message. */
export function completion(message: Fields, finishReason = "stop", promptTokens = 9): ScriptedReply {
  const usage = {
    prompt_tokens: promptTokens,
    completion_tokens: 10,
    total_tokens: promptTokens + 10,
  };
  const choice = { index: 0, message: { role: "assistant", ...message }, finish_reason: finishReason };
  return {
    body: { id: "chatcmpl-1", object: "chat.completion", created: 1, model: "m", choices: [choice], usage },
  };
}

/** The same message as a stream, a word at a time. */
export function streamed(message: Fields, finishReason = "stop"): ScriptedReply {
  const chunk = (delta: Fields, finish: string | null = null): Fields => ({
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  const pieces = Object.entries(message).flatMap(([field, value]) =>
    (typeof value === "string" ? value.split(/(?<= )/) : [value]).map((piece) => chunk({ [field]: piece })),
  );
  return { events: [chunk({ role: "assistant", content: "" }), ...pieces, chunk({}, finishReason)] };
}

/** Streamed where the request asks for it. */
export function said(
  request: Fields,
  message: Fields,
  finishReason?: string,
  promptTokens?: number,
): ScriptedReply {
  return request["stream"] === true
    ? streamed(message, finishReason)
    : completion(message, finishReason, promptTokens);
}
