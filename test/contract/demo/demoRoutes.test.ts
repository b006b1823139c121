import assert from "node:assert/strict";
import { startDemoServer, type DemoServer } from "../../../src/demo/demoServer.ts";

const messages = [{ role: "user", content: "Hello there" }];

describe("the demo endpoint's routes", () => {
  let server: DemoServer;
  before(async () => {
    server = await startDemoServer({ tokensPerSecond: 0 });
  });
  after(() => server.close());

  const origin = (): string => server.baseUrl.replace(/\/v1$/, "");
  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(origin() + path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });
  const json = async (path: string, body: unknown): Promise<Answer> =>
    (await (await post(path, body)).json()) as Answer;

  it("says at the root that there is no model", async () => {
    const response = await fetch(`${origin()}/`);
    assert.match(await response.text(), /There is no model behind it/);
    assert.equal(response.headers.get("server"), "qwen-endpoints-demo");
  });

  it("is healthy", async () => {
    assert.equal((await fetch(`${origin()}/health`)).status, 200);
  });

  it("lists three models, each described as none", async () => {
    const list = (await (await fetch(`${server.baseUrl}/models?x=1`)).json()) as ModelsList;
    assert.deepEqual(
      list.data.map((model) => model.id),
      ["demo-chat", "demo-embedding", "demo-reranker"],
    );
    for (const model of list.data) {
      assert.equal(model.owned_by, "qwen-endpoints-demo");
      assert.match(model.description, /^No model/);
    }
  });

  it("answers a chat without streaming, with reasoning and usage", async () => {
    const answer = await json("/v1/chat/completions", { model: "demo-chat", messages });
    const [choice] = answer.choices;
    assert.match(choice!.message.content, /No model wrote this/);
    assert.match(choice!.message.reasoning_content!, /no model here/);
    assert.equal(choice!.finish_reason, "stop");
    assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens!);
  });

  it("answers without reasoning when thinking is off", async () => {
    const answer = await json("/v1/chat/completions", {
      model: "demo-chat",
      messages,
      enable_thinking: false,
    });
    assert.ok(!("reasoning_content" in answer.choices[0]!.message));
  });

  it("embeds a batch in its order, floats and base64 alike", async () => {
    const request = { model: "demo-embedding", input: ["one", "two", "three"], dimensions: 64 };
    const floats = await json("/v1/embeddings", request);
    const packed = await json("/v1/embeddings", { ...request, encoding_format: "base64" });
    const single = await json("/v1/embeddings", { ...request, input: "two" });
    assert.deepEqual(
      floats.data.map((entry) => entry.index),
      [0, 1, 2],
    );
    assert.deepEqual(single.data[0]!.embedding, floats.data[1]!.embedding);
    for (const [index, entry] of packed.data.entries()) {
      const bytes = Buffer.from(entry.embedding as string, "base64");
      const decoded = Array.from({ length: bytes.length / 4 }, (_, place) => bytes.readFloatLE(place * 4));
      assert.deepEqual(decoded, floats.data[index]!.embedding);
    }
  });

  it("embeds in 1024 dimensions unless told otherwise", async () => {
    const answer = await json("/v1/embeddings", { model: "demo-embedding", input: "text" });
    assert.equal(answer.data[0]!.embedding.length, 1024);
  });

  for (const path of ["/v1/rerank", "/rerank"]) {
    it(`reranks at ${path}`, async () => {
      const documents = ["Bread is baked.", { text: "The capital of China is Beijing." }, "Cats sleep."];
      const request = { model: "demo-reranker", query: "capital of China", documents, top_n: 2 };
      const answer = await json(path, request);
      const bare = await json(path, { ...request, return_documents: false });
      assert.equal(answer.results.length, 2);
      assert.equal(answer.results[0]!.index, 1);
      assert.deepEqual(answer.results[0]!.document, { text: "The capital of China is Beijing." });
      assert.deepEqual(Object.keys(bare.results[0]!), ["index", "relevance_score"]);
    });
  }

  const chat = { model: "demo-chat", messages };
  const embedding = { model: "demo-embedding", input: "text" };
  const rerank = { model: "demo-reranker", query: "a", documents: ["b"] };
  const long = "word ".repeat(32_769);
  const refused: readonly {
    readonly name: string;
    readonly path: string;
    readonly body: unknown;
    readonly status: number;
    readonly says: RegExp;
  }[] = [
    {
      name: "an unknown model",
      path: "/v1/chat/completions",
      body: { ...chat, model: "x" },
      status: 404,
      says: /^\{"error":\{"message":"The model `x` does not exist\.","type":"NotFoundError","param":null,"code":404\}\}$/,
    },
    {
      name: "no model",
      path: "/v1/chat/completions",
      body: { messages },
      status: 400,
      says: /model is required/,
    },
    {
      name: "chat on the embedding model",
      path: "/v1/chat/completions",
      body: { ...chat, model: "demo-embedding" },
      status: 400,
      says: /does not support the Chat Completions API: use `demo-chat`/,
    },
    {
      name: "embeddings on the chat model",
      path: "/v1/embeddings",
      body: { ...embedding, model: "demo-chat" },
      status: 400,
      says: /Embeddings API/,
    },
    {
      name: "rerank on the chat model",
      path: "/v1/rerank",
      body: { ...rerank, model: "demo-chat" },
      status: 400,
      says: /Rerank API/,
    },
    {
      name: "no messages",
      path: "/v1/chat/completions",
      body: { model: "demo-chat" },
      status: 400,
      says: /messages/,
    },
    {
      name: "no input",
      path: "/v1/embeddings",
      body: { model: "demo-embedding" },
      status: 400,
      says: /input/,
    },
    {
      name: "an empty input",
      path: "/v1/embeddings",
      body: { ...embedding, input: "" },
      status: 400,
      says: /must not be empty/,
    },
    {
      name: "an empty batch",
      path: "/v1/embeddings",
      body: { ...embedding, input: [] },
      status: 400,
      says: /must not be empty/,
    },
    {
      name: "an empty text in a batch",
      path: "/v1/embeddings",
      body: { ...embedding, input: ["a", ""] },
      status: 400,
      says: /input\[1\]/,
    },
    {
      name: "token ids",
      path: "/v1/embeddings",
      body: { ...embedding, input: [1, 2] },
      status: 400,
      says: /token ids/,
    },
    {
      name: "too long a text",
      path: "/v1/embeddings",
      body: { ...embedding, input: long },
      status: 400,
      says: /maximum context length is 32768/,
    },
    {
      name: "31 dimensions",
      path: "/v1/embeddings",
      body: { ...embedding, dimensions: 31 },
      status: 400,
      says: /from 32 to 2560/,
    },
    {
      name: "2561 dimensions",
      path: "/v1/embeddings",
      body: { ...embedding, dimensions: 2561 },
      status: 400,
      says: /from 32 to 2560/,
    },
    {
      name: "an unknown encoding",
      path: "/v1/embeddings",
      body: { ...embedding, encoding_format: "hex" },
      status: 400,
      says: /encoding_format/,
    },
    {
      name: "no documents",
      path: "/v1/rerank",
      body: { ...rerank, documents: [] },
      status: 400,
      says: /documents/,
    },
    {
      name: "no query",
      path: "/v1/rerank",
      body: { ...rerank, query: undefined },
      status: 400,
      says: /query/,
    },
    { name: "a wrong top_n", path: "/v1/rerank", body: { ...rerank, top_n: 0 }, status: 400, says: /top_n/ },
    { name: "invalid JSON", path: "/v1/embeddings", body: "{", status: 400, says: /JSON object/ },
    { name: "an empty body", path: "/v1/embeddings", body: "", status: 400, says: /JSON object/ },
    { name: "a list for a body", path: "/v1/embeddings", body: "[]", status: 400, says: /JSON object/ },
    {
      name: "an unknown path",
      path: "/v1/v1/models",
      body: {},
      status: 404,
      says: /^\{"detail":"Not Found"\}$/,
    },
  ];
  for (const { name, path, body, status, says } of refused) {
    it(`answers ${status} to ${name}`, async () => {
      const response = await post(path, body);
      assert.equal(response.status, status);
      assert.match(await response.text(), says);
      assert.equal(response.headers.get("server"), "qwen-endpoints-demo");
    });
  }

  const wrongMethods = [
    { method: "GET", path: "/v1/chat/completions", allow: "POST" },
    { method: "POST", path: "/v1/models", allow: "GET" },
    { method: "DELETE", path: "/", allow: "GET" },
  ];
  for (const { method, path, allow } of wrongMethods) {
    it(`answers 405 to ${method} ${path} and allows ${allow}`, async () => {
      const response = await fetch(origin() + path, { method });
      assert.equal(response.status, 405);
      assert.equal(response.headers.get("allow"), allow);
    });
  }
});

interface ModelsList {
  readonly data: readonly { readonly id: string; readonly owned_by: string; readonly description: string }[];
}

interface Answer {
  readonly choices: readonly {
    readonly message: { readonly content: string; readonly reasoning_content?: string };
    readonly finish_reason: string;
  }[];
  readonly usage: {
    readonly prompt_tokens: number;
    readonly completion_tokens?: number;
    readonly total_tokens: number;
  };
  readonly data: readonly { readonly index: number; readonly embedding: readonly number[] | string }[];
  readonly results: readonly { readonly index: number; readonly document?: { readonly text: string } }[];
}
