/** Servers that answer as SGLang and vLLM do, as far as the situations need (facts: servers.md 0.1 to 0.10). */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface SituationServer {
  readonly baseUrl: string;
  readonly close: () => Promise<void>;
}

type Body = Readonly<Record<string, unknown>>;
type Answer = { readonly status: number; readonly body: unknown };
type Answering = (method: string, path: string, body: Body, headers: IncomingMessage["headers"]) => Answer;

const notFound: Answer = { status: 404, body: { detail: "Not Found" } };

/** Accepts any model name and echoes the path it loaded; ignores nothing else that matters here. */
export function sglangEmbedding(options: {
  readonly model: string;
  readonly key?: string;
}): Promise<SituationServer> {
  return serve(0, (method, path, body, headers) => {
    if (path === "/health") return { status: 200, body: "" };
    if (options.key !== undefined && headers.authorization !== `Bearer ${options.key}`) {
      return { status: 401, body: { error: "Unauthorized" } };
    }
    if (method === "GET" && path === "/") return { status: 200, body: "SGLang is running" };
    if (path === "/v1/models") return modelList(options.model, "sglang");
    if (method !== "POST" || path !== "/v1/embeddings") return notFound;
    if (body["dimensions"] !== undefined)
      return flatError(
        "does not support matryoshka representation, changing output dimensions will lead to poor results.",
      );
    const inputs = [body["input"]].flat().map(String);
    const data = inputs.map((input, index) => {
      const vector = vectorOf(input, 2560);
      const embedding = body["encoding_format"] === "base64" ? base64Of(vector) : vector;
      return { object: "embedding", embedding, index };
    });
    return { status: 200, body: { object: "list", model: "/models/x", data, usage: { prompt_tokens: 2 } } };
  });
}

/** Knows its own id alone; every reply to a chat comes after the wait. */
export function vllmChat(options: {
  readonly model: string;
  readonly waitMs?: number;
}): Promise<SituationServer> {
  return serve(options.waitMs ?? 0, (method, path, body) => {
    if (path === "/version") return { status: 200, body: { version: "0.11.0" } };
    if (path === "/health") return { status: 200, body: "" };
    if (path === "/v1/models") return modelList(options.model, "vllm");
    if (method !== "POST" || path !== "/v1/chat/completions") return notFound;
    if (body["model"] !== options.model) {
      const message = `The model \`${String(body["model"])}\` does not exist.`;
      return { status: 404, body: { error: { message, type: "NotFoundError", param: "model", code: 404 } } };
    }
    return { status: 200, body: chatAnswer(body, options.model) };
  });
}

/** A plain answer, as JSON where JSON was asked for; streamed as events where a stream was. */
function chatAnswer(body: Body, model: string): unknown {
  const content = body["response_format"] === undefined ? "pong" : '{"city":"Beijing"}';
  const usage = { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 };
  if (body["stream"] !== true) {
    const message = { role: "assistant", content };
    return {
      object: "chat.completion",
      model,
      choices: [{ index: 0, message, finish_reason: "stop" }],
      usage,
    };
  }
  const chunks = [
    { choices: [{ index: 0, delta: { role: "assistant", content: "" } }] },
    { choices: [{ index: 0, delta: { content } }] },
    { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
    ...(body["stream_options"] === undefined ? [] : [{ choices: [], usage }]),
  ];
  return [
    ...chunks.map(
      (chunk) => `data: ${JSON.stringify({ object: "chat.completion.chunk", model, ...chunk })}\n\n`,
    ),
    "data: [DONE]\n\n",
  ].join("");
}

function modelList(id: string, owner: string): Answer {
  const model = {
    id,
    object: "model",
    created: 1_763_700_000,
    owned_by: owner,
    root: id,
    max_model_len: 32_768,
  };
  return { status: 200, body: { object: "list", data: [model] } };
}

function flatError(message: string): Answer {
  return { status: 400, body: { object: "error", message, type: "BadRequestError", param: null, code: 400 } };
}

/** The same text gives the same unit vector, texts that share words nearer ones. */
function vectorOf(text: string, dimensions: number): readonly number[] {
  const sum = new Array<number>(dimensions).fill(0);
  for (const word of text.toLowerCase().split(/\s+/)) {
    let seed = [...word].reduce((hash, character) => (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0, 7);
    for (let index = 0; index < dimensions; index += 1) {
      seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
      sum[index] = (sum[index] ?? 0) + seed / 2 ** 32 - 0.5;
    }
  }
  const norm = Math.sqrt(sum.reduce((total, value) => total + value * value, 0));
  return sum.map((value) => value / norm);
}

function base64Of(vector: readonly number[]): string {
  return Buffer.from(Float32Array.from(vector).buffer).toString("base64");
}

async function serve(waitMs: number, answering: Answering): Promise<SituationServer> {
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method = "", url = "", headers } = request;
      const answer = answering(method, url, body, headers);
      const send = (): void => reply(response, answer);
      if (waitMs > 0 && method === "POST") setTimeout(send, waitMs).unref();
      else send();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? {} : (JSON.parse(text) as Body);
}

function reply(response: ServerResponse, { status, body }: Answer): void {
  const isEvents = typeof body === "string" && body.startsWith("data:");
  const type = isEvents ? "text/event-stream; charset=utf-8" : "application/json";
  response.writeHead(status, { server: "uvicorn", "content-type": type });
  response.end(body === "" || isEvents ? body : JSON.stringify(body));
}
