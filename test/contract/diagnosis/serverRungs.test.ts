import assert from "node:assert/strict";

import { diagnose } from "../../../src/core/diagnosis/ladder.ts";
import type { Report } from "../../../src/core/diagnosis/report.ts";
import { steps } from "../../../src/core/diagnosis/steps/index.ts";
import type { Endpoint, Task } from "../../../src/core/endpoint/endpoint.ts";
import type { Credentials } from "../../../src/core/ports.ts";
import { nodeClock } from "../../../src/io/nodeClock.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { nodeSockets } from "../../../src/io/nodeSockets.ts";
import { type FaultServer, reply, startFaultServer } from "../../support/faultServer.ts";
import { asked, endpointAt, keyed, unaborted } from "../support/endpoints.ts";

const uvicorn = { server: "uvicorn" };
const unauthorized = reply({ status: 401, headers: uvicorn, body: { error: "Unauthorized" } });
const pong = reply({ body: { choices: [{ message: { content: "pong" } }] } });

describe("the rungs of the server over real sockets", () => {
  let http: NodeHttp;
  let server: FaultServer;
  beforeEach(async () => {
    http = nodeHttp();
    server = await startFaultServer();
  });
  afterEach(async () => {
    http.dispose();
    await server.close();
  });

  const climb = async (
    fields: Partial<Endpoint>,
    task: Task = "chat",
    credentials: Credentials = keyed("sk-test-of-the-rungs"),
  ): Promise<Report> => {
    const endpoint = endpointAt(server.baseUrl, fields);
    const subject = { endpoint, credentials, tasks: [task], depth: "basic" as const, ...asked };
    let last: Report | undefined;
    const ports = { http, sockets: nodeSockets(), clock: nodeClock };
    for await (const report of diagnose(steps, subject, ports, unaborted())) {
      last = report;
    }
    assert.ok(last !== undefined);
    return last;
  };
  const codesOf = ({ findings }: Report): readonly string[] =>
    findings.map(({ code, severity }) => `${severity} ${code}`);
  const keysSent = (): readonly string[] =>
    server.requests.filter(({ headers }) => "authorization" in headers).map(({ path }) => path);

  it("names vLLM and its version though it refuses the key, and shows the key to the API alone", async () => {
    server.serve(unauthorized, "/v1/models");
    server.serve(reply({ headers: uvicorn, body: { version: "0.13.0" } }), "/version");
    server.serve(reply({ headers: uvicorn }), "/health");
    const report = await climb({});
    assert.deepEqual([report.serverId, report.serverVersion], ["vllm", "0.13.0"]);
    assert.ok(codesOf(report).includes("blocker auth.rejected"), codesOf(report).join());
    assert.deepEqual([...new Set(keysSent())], ["/v1/models"]);
  });

  it("names SGLang, which refuses an empty key on every path, and never asks for its keys", async () => {
    server.serve(unauthorized);
    const report = await climb({}, "embedding", { key: { kind: "key", value: "" }, headers: {} });
    assert.equal(report.serverId, "sglang");
    assert.ok(codesOf(report).includes("blocker auth.empty"), codesOf(report).join());
    assert.ok(server.requests.every(({ path }) => !path.includes("info") || path === "/info"));
    assert.ok(
      server.requests.every(({ path }) => path !== "/health"),
      "it costs a token",
    );
  });

  it("offers the path and the line that renames it where vLLM was started without a name", async () => {
    const served = { id: "/models/Qwen3-8B", owned_by: "vllm", root: "/models/Qwen3-8B" };
    server.serve(reply({ headers: uvicorn, body: { object: "list", data: [served] } }), "/v1/models");
    server.serve(
      reply({ status: 404, body: { error: { message: "The model `Qwen3-8B` does not exist.", code: 404 } } }),
      "/v1/chat/completions",
    );
    const report = await climb({ models: { chat: "Qwen3-8B" } });
    const finding = report.findings.find(({ code }) => code === "model.path-as-id");
    assert.deepEqual(finding?.fixes.slice(0, 2), [
      { kind: "use-model", task: "chat", model: "/models/Qwen3-8B" },
      {
        kind: "copy-command",
        command: `vllm serve /models/Qwen3-8B --served-model-name Qwen3-8B --port ${new URL(server.baseUrl).port}`,
      },
    ]);
  });

  it("warns of a dead engine whose web part still lists its model", async () => {
    server.serve(reply({ body: { object: "list", data: [{ id: "m", owned_by: "vllm" }] } }), "/v1/models");
    server.serve(reply({ status: 503 }), "/health");
    server.serve(pong, "/v1/chat/completions");
    const report = await climb({ models: { chat: "m" } });
    assert.ok(codesOf(report).includes("warning server.crashed"), codesOf(report).join());
    assert.equal(report.rungs.find(({ id }) => id === "health")?.status, "warned");
    assert.equal(report.rungs.find(({ id }) => id === "chat")?.status, "passed");
  });

  it("stops at the health of a llama.cpp that loads", async () => {
    const headers = { server: "llama.cpp" };
    const body = { error: { message: "Loading model", type: "unavailable_error", code: 503 } };
    server.serve(reply({ status: 503, headers, body }));
    const report = await climb({});
    assert.deepEqual([report.serverId, codesOf(report)], ["llama.cpp", ["blocker server.loading"]]);
    assert.equal(report.rungs.find(({ status }) => status === "failed")?.id, "health");
    assert.ok(
      report.findings[0]?.fixes.some((fix) => fix.kind === "copy-command" && fix.command.startsWith("curl ")),
    );
  });
});
