import assert from "node:assert/strict";

import { discoverLocal } from "../../../../src/core/endpoint/discover.ts";
import type { HttpReply, HttpRequest } from "../../../../src/core/ports.ts";
import { presets } from "../../../../src/core/servers/presets.ts";
import { aReply, fakeHttp, models } from "../../../support/builders.ts";

const signal = new AbortController().signal;

describe("discoverLocal", () => {
  const answers: readonly { name: string; reply: HttpReply; expected: object | undefined }[] = [
    {
      name: "a list of models",
      reply: aReply({ data: [{ id: "m", owned_by: "vllm" }] }),
      expected: { server: "vLLM", modelIds: ["m"], needsKey: false },
    },
    {
      name: "a list that names no server",
      reply: aReply(models("m")),
      expected: { server: "SGLang", modelIds: ["m"], needsKey: false },
    },
    {
      name: "401 with JSON",
      reply: aReply({ error: "Unauthorized" }, { status: 401 }),
      expected: { server: "SGLang", modelIds: [], needsKey: true },
    },
    { name: "401 of another program", reply: aReply("Login", { status: 401 }), expected: undefined },
    { name: "a page", reply: aReply("<html>"), expected: undefined },
    { name: "JSON of another program", reply: aReply({ hello: 1 }), expected: undefined },
    { name: "404", reply: aReply("", { status: 404 }), expected: undefined },
  ];
  for (const { name, reply, expected } of answers) {
    it(`${expected === undefined ? "passes over" : "offers"} what answers with ${name}`, async () => {
      const http = fakeHttp({ "GET http://127.0.0.1:30000/v1/models": reply });
      assert.deepEqual(
        await discoverLocal(http, signal, [30_000]),
        expected === undefined ? [] : [{ baseUrl: "http://127.0.0.1:30000/v1", port: 30_000, ...expected }],
      );
    });
  }

  it("knows TEI by its info, for it has no list of models", async () => {
    const http = fakeHttp({
      "GET http://127.0.0.1:3000/v1/models": aReply("", { status: 404, headers: {} }),
      "GET http://127.0.0.1:3000/info": aReply({ model_id: "Qwen/Qwen3-Embedding-0.6B" }),
    });
    const [found] = await discoverLocal(http, signal, [3000]);
    assert.equal(found?.server, "Text Embeddings Inference");
  });

  it("finds what listens on IPv6 alone, and counts one port once", async () => {
    const http = fakeHttp({
      "GET http://[::1]:8000/v1/models": aReply(models("six")),
      "GET http://[::1]:8080/v1/models": aReply(models("both")),
      "GET http://127.0.0.1:8080/v1/models": aReply(models("both")),
    });
    assert.deepEqual(
      (await discoverLocal(http, signal, [8000, 8080])).map(({ baseUrl }) => baseUrl),
      ["http://[::1]:8000/v1", "http://127.0.0.1:8080/v1"],
    );
  });

  it("asks every known port on both addresses at once, with time for less than two seconds", async () => {
    let most = 0;
    const [modelsMs, infoMs] = [{ longest: 0 }, { longest: 0 }];
    const open = new Set<HttpRequest>();
    const http = {
      ...fakeHttp({}),
      async send(request: HttpRequest) {
        open.add(request);
        most = Math.max(most, open.size);
        await Promise.resolve();
        open.delete(request);
        const wait = request.url.endsWith("/info") ? infoMs : modelsMs;
        wait.longest = Math.max(wait.longest, request.timeouts.totalMs ?? Infinity);
        assert.equal("authorization" in request.headers, false);
        return { kind: "reply" as const, reply: aReply("", { status: 404 }) };
      },
    };
    assert.deepEqual(await discoverLocal(http, signal), []);
    const ports = presets.filter(({ localPort }) => localPort !== undefined).length;
    assert.equal(most, 2 * ports);
    assert.ok(modelsMs.longest > 0 && infoMs.longest > 0 && modelsMs.longest + infoMs.longest < 2000);
  });
});
