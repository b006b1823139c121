import { reply } from "./behaviours.ts";
import type { Behaviour, Exchange } from "./exchange.ts";

interface Served {
  serve(behaviour: Behaviour, path?: string): void;
}

export interface ModelServerOptions {
  /** Before the operations; the default is `/v1`. */
  readonly prefix?: string;
  readonly operations?: readonly ("models" | "chat" | "embeddings")[];
  /** Says 401 to any other. */
  readonly key?: string;
}

const notFound = { status: 404, body: { detail: "Not Found" } };
const servedModel = "qwen-test";

/** Makes a fault server behave like a healthy model server built with FastAPI, as SGLang and vLLM are: any other path is a 404 in JSON. */
export function serveModels(server: Served, options: ModelServerOptions = {}): void {
  const { prefix = "/v1", operations = ["models", "chat", "embeddings"], key } = options;
  server.serve(reply(notFound));
  for (const operation of operations) {
    const { path, body } = answers[operation];
    server.serve(guarded(reply({ body }), key), `${prefix}${path}`);
  }
}

/** The route list that FastAPI publishes. */
export function serveRoutes(server: Served, routes: readonly string[]): void {
  const paths = Object.fromEntries(routes.map((route) => [route, {}]));
  server.serve(reply({ body: { openapi: "3.1.0", paths } }), "/openapi.json");
}

const answers = {
  models: { path: "/models", body: { object: "list", data: [{ id: servedModel, object: "model" }] } },
  chat: {
    path: "/chat/completions",
    body: {
      id: "1",
      object: "chat.completion",
      choices: [{ index: 0, message: { role: "assistant", content: "pong" }, finish_reason: "stop" }],
    },
  },
  embeddings: {
    path: "/embeddings",
    body: { object: "list", data: [{ object: "embedding", index: 0, embedding: [0.6, 0.8] }] },
  },
} as const;

function guarded(open: Behaviour, key: string | undefined): Behaviour {
  const refused = reply({ status: 401, body: { error: "Unauthorized" } });
  const act = (exchange: Exchange): void | Promise<void> =>
    key === undefined || exchange.request?.headers["authorization"] === `Bearer ${key}`
      ? open.act(exchange)
      : refused.act(exchange);
  return { on: "request", act };
}
