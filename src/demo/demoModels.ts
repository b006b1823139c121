import { badRequest, errorReply, jsonReply, type DemoReply } from "./demoReply.ts";
import type { JsonObject } from "./json.ts";
import { demoServerName } from "./serverName.ts";

export type DemoTask = "chat" | "embedding" | "rerank";

const models: readonly { readonly id: string; readonly task: DemoTask; readonly description: string }[] = [
  {
    id: "demo-chat",
    task: "chat",
    description: "No model: a text put together from counts of the prompt.",
  },
  {
    id: "demo-embedding",
    task: "embedding",
    description: "No model: signed feature hashing of words and characters.",
  },
  {
    id: "demo-reranker",
    task: "rerank",
    description: "No model: cosine similarity of hashed words and characters.",
  },
];

const apiNames: Readonly<Record<DemoTask, string>> = {
  chat: "Chat Completions API",
  embedding: "Embeddings API",
  rerank: "Rerank API",
};

/** `created` is in seconds since the epoch, as OpenAI has it. */
export function listModels(created: number): DemoReply {
  const data = models.map((model) => ({ ...model, object: "model", created, owned_by: demoServerName }));
  return jsonReply(200, { object: "list", data });
}

/** Refuses a model that is missing, unknown (404) or made for another task (400); undefined accepts it. */
export function refuseModel(request: JsonObject, task: DemoTask): DemoReply | undefined {
  const id = request["model"];
  if (typeof id !== "string" || id === "") {
    return badRequest(`model is required: use \`${modelFor(task)}\`.`);
  }
  const model = models.find((candidate) => candidate.id === id);
  if (model === undefined) return errorReply(404, "NotFoundError", `The model \`${id}\` does not exist.`);
  if (model.task === task) return undefined;
  return badRequest(`The model \`${id}\` does not support the ${apiNames[task]}: use \`${modelFor(task)}\`.`);
}

function modelFor(task: DemoTask): string {
  return models.find((model) => model.task === task)?.id ?? "";
}
