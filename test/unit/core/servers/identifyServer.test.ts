import assert from "node:assert/strict";

import fc from "fast-check";

import { identifyServer } from "../../../../src/core/servers/identifyServer.ts";
import { presets } from "../../../../src/core/servers/presets.ts";
import { cleanBaseUrl } from "../../../../src/core/endpoint/baseUrl.ts";
import { recordedReplies } from "../../../support/recordedReplies.ts";

describe("identifyServer", () => {
  const recorded: Readonly<Record<string, string | undefined>> = {
    "sglang: models-list": "SGLang",
    "vllm: models-list": "vLLM",
    "lmdeploy: models-list": "LMDeploy",
    "ollama: models-list": "Ollama",
    "xinference: models-list": "Xinference",
    "llama.cpp: models-list": "llama.cpp",
    "llama.cpp: loading": "llama.cpp",
    "litellm: unknown-model": "LiteLLM",
    "siliconflow: wrong-key": "SiliconFlow",
    "tgi: models-list": "TGI",
    "litellm: missing-key": "LiteLLM",
    "lmdeploy: missing-key": "LMDeploy",
    "lmdeploy: missing-key-old": "LMDeploy",
    "llama.cpp: missing-key": "llama.cpp",
    "sglang: missing-key": undefined,
    "vllm: missing-key": undefined,
  };
  for (const [name, expected] of Object.entries(recorded)) {
    it(`takes ${name} for ${expected ?? "nothing it knows"}`, () => {
      const { reply } = recordedReplies.find((each) => each.name === name)!;
      const body = JSON.parse(reply.body.replaceAll(/\.\.\.\s*[,}\]]/g, "")) as unknown;
      assert.equal(identifyServer(reply.headers, body, "http://localhost:8000/v1")?.name, expected);
    });
  }

  it("believes a gateway's own mark before what it passes on", () => {
    const body = { data: [{ owned_by: "vllm" }] };
    assert.equal(identifyServer({ "x-litellm-version": "1" }, body, "http://a/v1")?.name, "LiteLLM");
  });

  it("never throws, whatever the JSON (property)", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, baseUrl) => {
        identifyServer({}, value, baseUrl);
        identifyServer({}, { data: [value] }, baseUrl);
      }),
    );
  });
});

describe("presets", () => {
  for (const { label, baseUrl } of presets) {
    it(`has a clean base URL for ${label}`, () => {
      assert.deepEqual(cleanBaseUrl(baseUrl), { kind: "clean", baseUrl, changes: [] });
    });
  }

  it("has an id and a port of its own for each", () => {
    const ports = presets.flatMap(({ localPort }) => localPort ?? []);
    assert.equal(new Set(presets.map(({ id }) => id)).size, presets.length);
    assert.equal(new Set(ports).size, ports.length);
  });
});
