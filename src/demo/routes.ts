import { randomUUID } from "node:crypto";
import { completeChat } from "./chatCompletion.ts";
import { readChatRequest } from "./chatRequest.ts";
import { listModels, refuseModel, type DemoTask } from "./demoModels.ts";
import { badRequest, jsonReply, textReply, type DemoReply } from "./demoReply.ts";
import { embeddingsReply } from "./embeddings.ts";
import type { JsonObject } from "./json.ts";
import { rerankReply } from "./rerank.ts";
import { demoServerName } from "./serverName.ts";

/** What the demo does at one path. A keyed route wants the key, when the server has one. */
export type Route =
  | { readonly method: "GET"; readonly access: "open" | "keyed"; readonly answer: () => DemoReply }
  | {
      readonly method: "POST";
      readonly access: "keyed";
      readonly answer: (request: JsonObject) => DemoReply | Promise<DemoReply>;
    };

const welcome =
  "This is the demo endpoint of Qwen Endpoints. There is no model behind it: answers are put together by counting,\n" +
  "vectors by hashing. The API is OpenAI's, below /v1.\n";

/** By path, without the query. `created` is the time of start in seconds since the epoch. */
export function demoRoutes(created: number): ReadonlyMap<string, Route> {
  const rerank = task("rerank", rerankReply);
  return new Map<string, Route>([
    ["/", { method: "GET", access: "open", answer: () => textReply(welcome) }],
    ["/health", { method: "GET", access: "open", answer: () => jsonReply(200, health) }],
    ["/v1/models", { method: "GET", access: "keyed", answer: () => listModels(created) }],
    ["/v1/chat/completions", task("chat", chatReply)],
    ["/v1/embeddings", task("embedding", embeddingsReply)],
    ["/v1/rerank", rerank],
    ["/rerank", rerank],
  ]);
}

const health = { status: "ok", server: demoServerName, model: null };

function task(name: DemoTask, answer: (request: JsonObject) => DemoReply | Promise<DemoReply>): Route {
  return {
    method: "POST",
    access: "keyed",
    answer: (request) => refuseModel(request, name) ?? answer(request),
  };
}

function chatReply(body: JsonObject): DemoReply {
  const request = readChatRequest(body);
  if (request.state === "invalid") return badRequest(request.problem);
  const identity = { id: `chatcmpl-demo-${randomUUID()}`, created: Math.floor(Date.now() / 1000) };
  const completion = completeChat(request.value, identity);
  const { delivery, usageChunk } = request.value;
  return delivery === "stream"
    ? { kind: "chat-stream", completion, usageChunk }
    : { kind: "chat", completion };
}
