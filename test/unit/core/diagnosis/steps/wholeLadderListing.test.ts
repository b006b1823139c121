import assert from "node:assert/strict";

import { anEndpoint, aReply, models, someCredentials } from "../../../../support/builders.ts";
import {
  answer,
  chat,
  climbAll,
  embeddings,
  endpointWith,
  itClimbs,
  key,
  list,
  notFound,
  origin,
} from "../../../../support/ladderWorld.ts";

const page = aReply("<!doctype html><title>UI</title>", { headers: { "content-type": "text/html" } });
const noScope = aReply(
  { error: { message: "Missing scopes: api.model.read", type: "invalid_request_error" } },
  { status: 403 },
);
const broken = aReply({ error: { message: "internal error" } }, { status: 500 });
const noModel = aReply({ error: { message: "The model `m` does not exist." } }, { status: 404 });

describe("the ladder where the list of models fails", () => {
  itClimbs([
    {
      name: "a key without the right to list, though chat answers",
      world: { routes: { [list]: noScope, [chat]: answer }, subject: endpointWith("m") },
      verdict: "warnings",
      codes: ["auth.forbidden"],
    },
    {
      name: "a list that fails, though chat answers",
      world: { routes: { [list]: broken, [chat]: answer }, subject: endpointWith("m") },
      verdict: "warnings",
      codes: ["http.server-error"],
    },
    {
      name: "a page in place of the list, though chat answers",
      world: { routes: { [list]: page, [chat]: answer }, subject: endpointWith("m") },
      verdict: "warnings",
      codes: ["http.no-models-route"],
    },
    {
      name: "a page in place of the list, though vectors come",
      world: {
        routes: { [list]: page, [embeddings]: aReply({ data: [{ embedding: [0.6, 0.8] }] }) },
        subject: endpointWith("e", "embedding"),
      },
      verdict: "warnings",
      codes: ["http.no-models-route"],
    },
    {
      name: "a list that fails, and a model that the chat route does not know",
      world: { routes: { [list]: broken, [chat]: noModel }, subject: endpointWith("m") },
      verdict: "failed",
      stoppedAt: "chat",
      codes: ["model.unknown", "http.server-error"],
    },
    {
      name: "pages wherever one asks",
      world: { routes: { [list]: page, [chat]: page }, subject: endpointWith("m") },
      verdict: "failed",
      stoppedAt: "http",
      codes: ["http.not-an-api"],
    },
    {
      name: "a web interface whose other routes speak JSON",
      world: { routes: { [list]: page, [chat]: notFound }, subject: endpointWith("m") },
      verdict: "failed",
      stoppedAt: "http",
      codes: ["http.not-an-api"],
    },
    {
      name: "a key without any right",
      world: { routes: { [list]: noScope, [chat]: noScope }, subject: endpointWith("m") },
      verdict: "failed",
      stoppedAt: "auth",
      codes: ["auth.forbidden"],
    },
    {
      name: "a failing list and no model to ask for",
      world: { routes: { [list]: broken, [chat]: answer } },
      verdict: "failed",
      stoppedAt: "http",
      codes: ["http.server-error"],
    },
  ]);

  it("asks the task's route once, and shows what came of it", async () => {
    const { report, http } = await climbAll({
      routes: { [list]: page, [chat]: page },
      subject: endpointWith("m"),
    });
    const posts = http.requests.filter(({ method }) => method === "POST");
    assert.deepEqual(
      posts.map(({ body }) => JSON.parse(body ?? "") as unknown),
      [{ model: "m", messages: [{ role: "user", content: "ping" }], max_tokens: 8 }],
    );
    const tried = report.rungs.find(({ id }) => id === "http")?.variations[0];
    assert.deepEqual(tried, {
      what: `POST ${origin}/v1/chat/completions`,
      outcome: "200, http.not-an-api",
      worked: "no",
    });
  });

  it("sends no request to a model where the key is refused", async () => {
    const { http } = await climbAll({
      routes: { [list]: aReply({ error: "Unauthorized" }, { status: 401 }), [chat]: answer },
      subject: { ...endpointWith("m"), credentials: someCredentials({ key }) },
    });
    assert.ok(http.requests.every(({ method }) => method === "GET"));
  });
});

const ollama = aReply({ data: [{ id: "qwen3:8b", owned_by: "library" }] }, { headers: {} });
const noRoute = aReply("404 page not found", { status: 404, headers: {} });

describe("the ladder on a server without the task", () => {
  itClimbs([
    {
      name: "reranking asked of Ollama",
      world: {
        routes: {
          [list]: ollama,
          [`GET ${origin}/`]: aReply("Ollama is running", { headers: {} }),
          [`POST ${origin}/v1/rerank`]: noRoute,
          [`POST ${origin}/rerank`]: noRoute,
        },
        subject: endpointWith("qwen3:8b", "rerank"),
      },
      verdict: "failed",
      stoppedAt: "rerank",
      codes: ["task.unsupported"],
    },
    {
      name: "chat asked of TEI",
      world: {
        routes: {
          [list]: aReply("", { status: 404, headers: {} }),
          [`GET ${origin}/info`]: aReply({ model_id: "m", model_type: { embedding: {} }, version: "1.8.0" }),
          [`GET ${origin}/health`]: aReply("", { headers: {} }),
          [chat]: aReply("", { status: 404, headers: {} }),
        },
        subject: endpointWith("m"),
      },
      verdict: "failed",
      stoppedAt: "chat",
      codes: ["task.unsupported", "http.no-models-route"],
    },
  ]);
});

const bare = { tasks: ["chat"], endpoint: anEndpoint({ baseUrl: origin, models: { chat: "m" } }) } as const;

describe("the ladder with a base URL that lacks /v1", () => {
  itClimbs([
    {
      name: "a llama.cpp that works without it",
      world: {
        routes: {
          [`GET ${origin}/models`]: aReply(models("m")),
          [`POST ${origin}/chat/completions`]: answer,
        },
        subject: bare,
      },
      verdict: "healthy",
      codes: [],
    },
    {
      name: "nothing that listens",
      world: { port: "ECONNREFUSED", subject: bare },
      verdict: "failed",
      stoppedAt: "connect",
      codes: ["connect.refused"],
    },
  ]);
});

describe("the ladder where only the task's request is redirected", () => {
  const moved = "http://127.0.0.1:9000/llm/v1";
  const redirect = aReply("", { status: 308, headers: { location: `${moved}/chat/completions?x=1` } });

  it("asks where the redirect leads, and nowhere else", async () => {
    const { report, http } = await climbAll({
      routes: { [list]: aReply(models("m")), [chat]: redirect, [`GET ${moved}/models`]: aReply(models("m")) },
      subject: { ...endpointWith("m"), credentials: someCredentials({ key }) },
    });
    const [finding] = report.findings;
    assert.equal(finding?.code, "http.redirect");
    assert.deepEqual(finding.fixes[0], { kind: "set-base-url", baseUrl: moved });
    const rung = report.rungs.find(({ id }) => id === "chat");
    assert.deepEqual(
      rung?.variations.map(({ what }) => what),
      [moved],
    );
    const there = http.requests.filter(({ url }) => url.startsWith(moved));
    assert.ok(there.length === 1 && !JSON.stringify(there).includes("sk-"));
  });

  it("makes no guess where the redirect leads back", async () => {
    const { report, http } = await climbAll({
      routes: {
        [list]: aReply(models("m")),
        [chat]: aReply("", { status: 307, headers: { location: "/v1/chat/completions/" } }),
      },
      subject: endpointWith("m"),
    });
    assert.equal(report.findings[0]?.code, "http.redirect");
    assert.deepEqual(report.rungs.find(({ id }) => id === "chat")?.variations, []);
    assert.equal(http.requests.at(-1)?.method, "POST");
  });
});
