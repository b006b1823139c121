import { anEndpoint, aReply, models } from "../../../../support/builders.ts";
import {
  answer,
  chat,
  embeddings,
  endpointWith,
  itClimbs,
  list,
  notFound,
  origin,
  rerank,
} from "../../../../support/ladderWorld.ts";

/** The third text of the rung's set is the answer. */
const ranked = [0, 0.1, 0.9, 0].map((score, index) => ({ index, score }));

describe("the whole ladder, of models and tasks", () => {
  itClimbs([
    {
      name: "a model id in another case, which the server refuses",
      world: {
        routes: {
          [list]: aReply(models("Qwen/Qwen3-8B")),
          [chat]: aReply(
            { error: { message: "The model `qwen/qwen3-8b` does not exist." } },
            { status: 404 },
          ),
        },
        subject: endpointWith("qwen/qwen3-8b"),
      },
      verdict: "failed",
      stoppedAt: "chat",
      codes: ["model.unknown", "model.wrong-case"],
    },
    {
      name: "a model that is not listed, which the server accepts",
      world: {
        routes: { [list]: aReply(models("a")), [chat]: answer },
        subject: endpointWith("other-model"),
      },
      verdict: "warnings",
      codes: ["model.not-listed"],
    },
    {
      name: "a path as model id",
      world: {
        routes: { [list]: aReply({ data: [{ id: "qwen", root: "/models/Qwen3" }] }), [chat]: answer },
        subject: endpointWith("/models/Qwen3"),
      },
      verdict: "warnings",
      codes: ["model.path-as-id"],
    },
    {
      name: "a colon that asks for an adapter",
      world: {
        routes: { [list]: aReply(models("qwen3")), [chat]: answer },
        subject: endpointWith("qwen3:8b"),
      },
      verdict: "warnings",
      codes: ["model.adapter-suffix"],
    },
    {
      name: "a server without a models route",
      world: { routes: { [list]: notFound, [chat]: answer }, subject: endpointWith("m") },
      verdict: "healthy",
      codes: ["http.no-models-route"],
    },
    {
      name: "a server without a models route, and no model configured",
      world: { routes: { [list]: notFound, [chat]: answer } },
      verdict: "warnings",
      codes: ["model.none-listed", "http.no-models-route"],
    },
    {
      name: "a task that nobody named, where only another is served",
      world: {
        routes: {
          [list]: aReply(models("qwen3-embedding")),
          [embeddings]: aReply({ data: [{ embedding: [1] }] }),
        },
        subject: { taskChoice: "guessed" },
      },
      verdict: "healthy",
      codes: [],
    },
    {
      name: "a task that was named, where only another is served",
      world: { routes: { [list]: aReply(models("qwen3-embedding")) } },
      verdict: "failed",
      stoppedAt: "model",
      codes: ["model.none-listed"],
    },
    {
      name: "a list that is empty",
      world: { routes: { [list]: aReply(models()) } },
      verdict: "failed",
      stoppedAt: "model",
      codes: ["model.none-listed"],
    },
    {
      name: "JSON that is no list, told once",
      world: { routes: { [list]: aReply({ hello: 1 }), [chat]: answer }, subject: endpointWith("m") },
      verdict: "warnings",
      codes: ["http.malformed"],
    },
    {
      name: "a task whose route is missing though the list is there, as on newer vLLM",
      world: {
        routes: { [list]: aReply(models("e")), [chat]: notFound },
        subject: endpointWith("e"),
      },
      verdict: "failed",
      stoppedAt: "chat",
      codes: ["task.not-started-for"],
    },
    {
      name: "a base URL without /v1",
      world: {
        routes: { [`GET ${origin}/models`]: notFound, [`POST ${origin}/chat/completions`]: notFound },
        subject: { endpoint: anEndpoint({ baseUrl: origin, models: { chat: "m" } }) },
      },
      verdict: "failed",
      stoppedAt: "chat",
      codes: ["address.missing-v1"],
    },
    {
      name: "a vector of zeros",
      world: {
        routes: {
          [list]: aReply(models("e")),
          [embeddings]: aReply({ data: [{ embedding: [0, 0, 0] }] }),
        },
        subject: endpointWith("e", "embedding"),
      },
      verdict: "failed",
      stoppedAt: "embedding",
      codes: ["embedding.zero"],
    },
    {
      name: "a good vector",
      world: {
        routes: { [list]: aReply(models("e")), [embeddings]: aReply({ data: [{ embedding: [0.6, 0.8] }] }) },
        subject: endpointWith("e", "embedding"),
      },
      verdict: "healthy",
      codes: [],
    },
    {
      name: "SGLang's rerank shape",
      world: {
        routes: { [list]: aReply(models("r")), [rerank]: aReply(ranked) },
        subject: endpointWith("r", "rerank"),
      },
      verdict: "healthy",
      codes: ["rerank.shape"],
    },
    {
      name: "a rerank shape nobody knows",
      world: {
        routes: { [list]: aReply(models("r")), [rerank]: aReply({ output: { results: [] } }) },
        subject: endpointWith("r", "rerank"),
      },
      verdict: "failed",
      stoppedAt: "rerank",
      codes: ["rerank.shape"],
    },
    {
      name: "TEI's rerank route",
      world: {
        routes: {
          [list]: notFound,
          [rerank]: notFound,
          [`POST ${origin}/rerank`]: aReply(ranked),
        },
        subject: endpointWith("r", "rerank"),
      },
      verdict: "healthy",
      codes: ["http.no-models-route", "rerank.shape"],
    },
    {
      name: "an answer that is none",
      world: { routes: { [list]: aReply(models("m")), [chat]: aReply({ ok: true }) } },
      verdict: "failed",
      stoppedAt: "chat",
      codes: ["http.malformed"],
    },
    {
      name: "the generate protocol",
      world: {
        routes: {
          [list]: notFound,
          [`POST ${origin}/v1/models/m:generate`]: aReply({ generated_text: "pong" }),
        },
        subject: {
          endpoint: anEndpoint({ baseUrl: `${origin}/v1`, protocol: "generate", models: { chat: "m" } }),
        },
      },
      verdict: "healthy",
      codes: ["http.no-models-route"],
    },
  ]);
});
