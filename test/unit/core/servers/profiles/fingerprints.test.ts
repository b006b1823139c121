import assert from "node:assert/strict";

import { identifyServer } from "../../../../../src/core/servers/identifyServer.ts";
import type { ServerId } from "../../../../../src/core/servers/serverId.ts";

interface Case {
  readonly name: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly baseUrl?: string;
  readonly expected: ServerId | undefined;
}

const owned = (ownedBy: string, id = "m", created = 1): unknown => ({
  data: [{ id, created, owned_by: ownedBy }],
});

describe("the fingerprints", () => {
  const cases: readonly Case[] = [
    { name: "SGLang's owner", headers: { server: "uvicorn" }, body: owned("sglang"), expected: "sglang" },
    { name: "vLLM's owner", body: owned("vllm"), expected: "vllm" },
    {
      name: "LM Studio",
      headers: { "x-powered-by": "Express" },
      body: owned("organization_owner"),
      expected: "lm-studio",
    },
    {
      name: "LM Studio's unknown route",
      headers: { "x-powered-by": "Express" },
      body: { error: "Unexpected endpoint or method. (GET /models)" },
      expected: "lm-studio",
    },
    {
      name: "another Express",
      headers: { "x-powered-by": "Express" },
      body: owned("me"),
      expected: undefined,
    },
    { name: "a model that owns itself, made in 1970", body: owned("Q/q", "Q/q", 0), expected: "tgi" },
    { name: "a model that owns itself, made lately", body: owned("q", "q", 1755000000), expected: undefined },
    { name: "TEI's headers", headers: { "x-compute-type": "cpu" }, expected: "tei" },
    { name: "the demo", headers: { server: "qwen-endpoints-demo" }, expected: "demo" },
    {
      name: "DashScope in Singapore",
      baseUrl: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
      expected: "dashscope",
    },
    {
      name: "DashScope's workspaces",
      baseUrl: "https://w.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1",
      expected: "dashscope",
    },
    { name: "DashScope's gateway", headers: { "x-dashscope-call-gateway": "true" }, expected: "dashscope" },
    {
      name: "a host that only says dashscope",
      baseUrl: "https://dashscope.evil.invalid/v1",
      expected: undefined,
    },
    { name: "SiliconFlow's second host", baseUrl: "https://api.siliconflow.com/v1", expected: "siliconflow" },
    { name: "ModelScope", baseUrl: "https://api-inference.modelscope.cn/v1", expected: "modelscope" },
    { name: "OpenRouter", baseUrl: "https://openrouter.ai/api/v1", expected: "openrouter" },
    { name: "OpenAI", baseUrl: "https://api.openai.com/v1", expected: "openai" },
    { name: "Azure", baseUrl: "https://me.openai.azure.com/openai/v1", expected: "azure" },
    {
      name: "nginx with nothing else",
      headers: { server: "nginx/1.27" },
      body: owned("me"),
      expected: undefined,
    },
    {
      name: "Ollama behind nginx",
      headers: { server: "nginx" },
      body: owned("library"),
      expected: undefined,
    },
  ];
  for (const { name, headers = {}, body, baseUrl = "http://localhost:8000/v1", expected } of cases) {
    it(`takes ${name} for ${expected ?? "nothing it knows"}`, () => {
      assert.equal(identifyServer(headers, body, baseUrl)?.id, expected);
    });
  }
});
