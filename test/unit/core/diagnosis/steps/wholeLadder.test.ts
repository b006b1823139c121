import assert from "node:assert/strict";

import { anEndpoint, aReply, models, someCredentials } from "../../../../support/builders.ts";
import {
  answer,
  chat,
  climbAll,
  endpointWith,
  itClimbs,
  key,
  list,
} from "../../../../support/ladderWorld.ts";

describe("the whole ladder", () => {
  itClimbs([
    {
      name: "a healthy endpoint",
      world: { routes: { [list]: aReply(models("m")), [chat]: answer } },
      verdict: "healthy",
      codes: [],
    },
    {
      name: "llama.cpp that loads its model, on the rung of the health",
      world: {
        routes: {
          [list]: aReply(
            { error: { message: "Loading model", type: "unavailable_error", code: 503 } },
            { status: 503, headers: { "content-type": "application/json", server: "llama.cpp" } },
          ),
        },
      },
      verdict: "failed",
      stoppedAt: "health",
      codes: ["server.loading"],
    },
    {
      name: "a keyed SGLang with a short name, which hides a wrong one",
      world: {
        routes: {
          [list]: aReply({ data: [{ id: "Qwen/Qwen3-8B", owned_by: "sglang" }] }),
          [chat]: answer,
        },
        subject: { ...endpointWith("qwen/qwen3-8b"), credentials: someCredentials({ key }) },
      },
      verdict: "warnings",
      codes: ["model.wrong-case"],
    },
    {
      name: "a port where nothing listens",
      world: { port: "ECONNREFUSED" },
      verdict: "failed",
      stoppedAt: "connect",
      codes: ["connect.refused"],
    },
    {
      name: "a port behind a firewall",
      world: { port: "TIMEOUT" },
      verdict: "failed",
      stoppedAt: "connect",
      codes: ["connect.timeout"],
    },
    {
      name: "a host without an address",
      world: { subject: { endpoint: anEndpoint({ baseUrl: "https://nowhere.example/v1" }) } },
      verdict: "failed",
      stoppedAt: "name",
      codes: ["name.not-found"],
    },
    {
      name: "a self-signed certificate",
      world: {
        subject: { endpoint: anEndpoint({ baseUrl: "https://gpu.example/v1" }) },
        handshake: {
          kind: "fault",
          code: "DEPTH_ZERO_SELF_SIGNED_CERT",
          message: "self-signed",
          durationMs: 1,
        },
      },
      verdict: "failed",
      stoppedAt: "tls",
      codes: ["tls.self-signed"],
    },
    {
      name: "a certificate of the future",
      world: {
        subject: { endpoint: anEndpoint({ baseUrl: "https://gpu.example/v1" }) },
        handshake: { kind: "fault", code: "CERT_NOT_YET_VALID", message: "not yet", durationMs: 1 },
      },
      verdict: "failed",
      stoppedAt: "tls",
      codes: ["tls.expired"],
    },
    {
      name: "a plain HTTP server behind https",
      world: {
        subject: { endpoint: anEndpoint({ baseUrl: "https://gpu.example/v1" }) },
        handshake: { kind: "fault", code: "ERR_SSL_WRONG_VERSION_NUMBER", message: "", durationMs: 1 },
      },
      verdict: "failed",
      stoppedAt: "tls",
      codes: ["tls.plain-http-server"],
    },
    {
      name: "a page instead of an API",
      world: { routes: { [list]: aReply("<html>", { headers: { "content-type": "text/html" } }) } },
      verdict: "failed",
      stoppedAt: "http",
      codes: ["http.not-an-api"],
    },
    {
      name: "a key that is missing",
      world: { routes: { [list]: aReply({ error: "Unauthorized" }, { status: 401 }) } },
      verdict: "failed",
      stoppedAt: "auth",
      codes: ["auth.missing"],
    },
    {
      name: "a key that is refused",
      world: {
        routes: { [list]: aReply({ error: "Unauthorized" }, { status: 401 }) },
        subject: { credentials: someCredentials({ key }) },
      },
      verdict: "failed",
      stoppedAt: "auth",
      codes: ["auth.rejected"],
    },
    {
      name: "an open list, but a key refused at the request",
      world: {
        routes: { [list]: aReply(models("m")), [chat]: aReply({ error: "Unauthorized" }, { status: 401 }) },
        subject: { credentials: someCredentials({ key }) },
      },
      verdict: "failed",
      stoppedAt: "chat",
      codes: ["auth.rejected"],
    },
    {
      name: "a proxy, behind which the lower layers are not ours",
      world: {
        port: "ECONNREFUSED",
        routes: { [list]: aReply(models("m")), [chat]: answer },
        subject: { proxy: "http://proxy:3128" },
      },
      verdict: "healthy",
      codes: [],
    },
  ]);

  it("offers the right model where the server refused a wrong one", async () => {
    const refusal = aReply({ error: { message: "The model `qwen3-8b` does not exist." } }, { status: 404 });
    const { report } = await climbAll({
      routes: { [list]: aReply(models("Qwen/Qwen3-8B")), [chat]: refusal },
      subject: endpointWith("qwen3-8b"),
    });
    assert.deepEqual(report.findings[0]?.fixes[0], {
      kind: "use-model",
      task: "chat",
      model: "Qwen/Qwen3-8B",
    });
  });

  it("asks for as little as it can, and forces no parameter", async () => {
    const { http } = await climbAll({ routes: { [list]: aReply(models("m")), [chat]: answer } });
    const bodies = http.requests.flatMap(({ body }) => (body === undefined ? [] : [body]));
    assert.deepEqual(
      bodies.map((body) => JSON.parse(body) as unknown),
      [{ model: "m", messages: [{ role: "user", content: "ping" }], max_tokens: 8 }],
    );
    // The list of models, at most four looks at what the server is, and its health.
    assert.ok(http.requests.length <= 7, `${http.requests.length} requests`);
  });

  it("never shows the key, wherever it looks", async () => {
    const { report } = await climbAll({
      routes: { [list]: aReply({ error: "Unauthorized" }, { status: 401 }) },
      subject: { credentials: someCredentials({ key, headers: { "x-key": "sk-other-123" } }) },
    });
    assert.doesNotMatch(JSON.stringify(report), /sk-/);
  });
});
