import assert from "node:assert/strict";

import { parseJson } from "../../../../../src/core/diagnosis/errorEnvelope.ts";
import { errorEnvelopeOf } from "../../../../../src/core/servers/errorEnvelopeOf.ts";
import { identifyServer } from "../../../../../src/core/servers/identifyServer.ts";
import { profileOf } from "../../../../../src/core/servers/profileOf.ts";
import { profiles } from "../../../../../src/core/servers/profiles/index.ts";
import { type ServerId, serverIds } from "../../../../../src/core/servers/serverId.ts";
import { recordedReplies } from "../../../../support/recordedReplies.ts";

const rows = recordedReplies.map(({ name, ...row }) => {
  const recorded = name.replace(/:.*/s, "");
  const server =
    serverIds.find((id) => id === recorded) ?? (recorded.startsWith("dashscope") ? "dashscope" : undefined);
  return { ...row, name, server };
});
const known = rows.flatMap((row) => (row.server === undefined ? [] : [{ ...row, server: row.server }]));

/** Routes that are not the API's own: their bodies follow other rules. */
const ownRoutes = /health|openapi|\/info|metrics|slots|hicache|weight_version|\/v1\/\/?models\/|\/api\//;

describe("the profiles, held against the recorded replies", () => {
  for (const { name, server, reply, asked } of known) {
    const isError = reply.status >= 400 && !ownRoutes.test(asked.url);
    if (isError) {
      it(`knows the envelope of ${name}`, () => {
        const envelope = errorEnvelopeOf(reply.body);
        assert.ok(
          envelope !== undefined && profileOf(server).envelopes.includes(envelope),
          `${envelope}: ${reply.body.slice(0, 200)}`,
        );
      });
    }
    it(`takes ${name} for no other server`, () => {
      const found = identifyServer(reply.headers, parseJson(reply.body), asked.baseUrl)?.id;
      assert.ok(found === undefined || found === server, found);
    });
    it(`lets no other probe claim ${name}`, () => {
      const path = new URL(asked.url).pathname;
      const claims = profiles.filter(
        ({ probe }) =>
          probe?.path === path &&
          probe.read({ ...reply, body: parseJson(reply.body) ?? reply.body }) !== undefined,
      );
      assert.ok(
        claims.every(({ id }) => id === server),
        claims.map(({ id }) => id).join(),
      );
    });
  }

  const probed: Readonly<Record<string, object>> = {
    "sglang: root-banner": {},
    "sglang: root-banner-old": {},
    "vllm: version": { version: "0.x.y" },
    "ollama: version": { version: "0.x.y" },
    "tei: info": { version: "1.9.3" },
    "llama.cpp: props": { version: "b10573-3f545becc" },
    "litellm: liveness": {},
  };
  for (const [name, expected] of Object.entries(probed)) {
    it(`reads the probe of ${name}`, () => {
      const { reply, server } = known.find((row) => row.name === name)!;
      const body = parseJson(reply.body) ?? reply.body;
      assert.deepEqual(profileOf(server).probe?.read({ ...reply, body }), expected);
    });
  }

  it("tells Ollama's own banner from SGLang's that says the same", () => {
    const plain = { status: 200, headers: { "content-type": "text/plain" }, body: "Ollama is running" };
    assert.equal(profileOf("sglang").probe?.read(plain), undefined);
  });

  for (const { name, server, reply } of known.filter((row) => /rerank-ok/.test(row.name))) {
    it(`knows the rerank shape of ${name}`, () => {
      const body = parseJson(reply.body);
      // DashScope's native protocol has a shape of its own.
      const shape = Array.isArray(body) ? "list" : "results";
      if (!name.includes("native")) {
        assert.equal(profileOf(server).rerank?.reply, shape);
      }
    });
  }

  for (const { name, server, reply } of known.filter((row) => /keepalive/.test(row.name))) {
    it(`knows the keep-alive of ${name}`, () => {
      assert.ok(reply.body.split(/\r?\n/).some((line) => profileOf(server).keepAlive?.test(line)));
    });
  }

  it("names a keep-alive for llama.cpp's stream, which holds one", () => {
    const { reply } = known.find((row) => row.name === "llama.cpp: stream-ok")!;
    assert.ok(reply.body.split("\n").some((line) => profileOf("llama.cpp").keepAlive?.test(line)));
  });

  it("never asks for a page that could show keys", () => {
    for (const { probe, health } of profiles) {
      assert.doesNotMatch(`${probe?.path} ${health?.path}`, /server_info|model_info|\/v1\/models/);
    }
  });

  it("has a profile for every id, and `unknown` in no list", () => {
    assert.deepEqual(
      [...profiles.map(({ id }) => id), "unknown" satisfies ServerId].sort(),
      [...serverIds].sort(),
    );
    assert.equal(profileOf(undefined).id, "unknown");
  });
});
