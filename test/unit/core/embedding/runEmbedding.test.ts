import assert from "node:assert/strict";

import { type EmbeddingOutcome, runEmbedding } from "../../../../src/core/embedding/runEmbedding.ts";
import type { GatewayRequest, NetworkFault, StreamOutcome } from "../../../../src/core/ports.ts";
import { aBody, aFault, anEndpoint, aStreamReply, someCredentials } from "../../../support/builders.ts";

function replies(body: unknown, status: number = 200, fault?: NetworkFault): StreamOutcome {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const headers = { "content-type": "application/json" };
  return { kind: "reply", reply: aStreamReply(aBody([text], fault), { status, headers }) };
}

async function run(outcome: StreamOutcome, abort?: "aborted"): Promise<EmbeddingOutcome> {
  const controller = new AbortController();
  if (abort !== undefined) {
    controller.abort();
  }
  const gateway = { open: () => Promise.resolve(outcome) };
  const request = { endpoint: anEndpoint(), model: "m", input: "text" };
  return runEmbedding(request, someCredentials(), gateway, controller.signal);
}

describe("runEmbedding", () => {
  it("asks for floats by name, for the SDK would ask for base64", async () => {
    const sent: GatewayRequest[] = [];
    const gateway = {
      open: (request: GatewayRequest) => {
        sent.push(request);
        return Promise.resolve(replies({ data: [{ embedding: [1] }] }));
      },
    };
    const { signal } = new AbortController();
    await runEmbedding(
      { endpoint: anEndpoint(), model: "m", input: "text" },
      someCredentials(),
      gateway,
      signal,
    );
    assert.equal(sent[0]?.path, "/embeddings");
    assert.deepEqual(sent[0].body, { model: "m", input: "text", encoding_format: "float" });
  });

  it("gives the vector, with what is worth knowing of it", async () => {
    const outcome = await run(replies({ data: [{ embedding: [3, 4] }] }));
    assert.ok(outcome.kind === "finished");
    assert.deepEqual(outcome.read.vector, [3, 4]);
    assert.deepEqual(
      outcome.findings.map(({ code }) => code),
      ["embedding.not-normalised"],
    );
  });

  const failures: readonly { name: string; outcome: StreamOutcome; code: string }[] = [
    { name: "a vector of zeros", outcome: replies({ data: [{ embedding: [0] }] }), code: "embedding.zero" },
    { name: "no vector", outcome: replies({ data: [] }), code: "http.malformed" },
    { name: "an error", outcome: replies({ error: "Unauthorized" }, 401), code: "auth.missing" },
    {
      name: "a body that was cut",
      outcome: replies('{"data":[', 200, aFault("ECONNRESET", { phase: "body" })),
      code: "http.truncated",
    },
    {
      name: "a refused connection",
      outcome: { kind: "fault", fault: aFault("ECONNREFUSED") },
      code: "connect.refused",
    },
  ];
  for (const { name, outcome, code } of failures) {
    it(`fails with ${code} after ${name}`, async () => {
      const ended = await run(outcome);
      assert.deepEqual(ended.kind === "failed" && ended.findings.map((finding) => finding.code), [code]);
    });
  }

  for (const outcome of [
    replies("{", 200, aFault("ABORTED", { phase: "body" })),
    { kind: "fault" as const, fault: aFault("ABORTED") },
  ]) {
    it(`is stopped when it was cancelled, with a ${outcome.kind} so far`, async () => {
      assert.deepEqual(await run(outcome, "aborted"), { kind: "stopped" });
    });
  }
});
