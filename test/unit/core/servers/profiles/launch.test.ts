import assert from "node:assert/strict";

import { profileOf } from "../../../../../src/core/servers/profileOf.ts";
import { profiles } from "../../../../../src/core/servers/profiles/index.ts";
import type { ServerId } from "../../../../../src/core/servers/serverId.ts";
import type { LaunchNeeds } from "../../../../../src/core/servers/serverProfile.ts";

const overrides =
  '\'{"architectures":["Qwen3ForSequenceClassification"],"classifier_from_token":["no","yes"],"is_original_qwen3_reranker":true}\'';

describe("the launch lines", () => {
  const cases: readonly (readonly [ServerId, Partial<LaunchNeeds>, string, string?])[] = [
    ["sglang", {}, "python -m sglang.launch_server --model-path Q"],
    [
      "sglang",
      { servedName: "short", host: "0.0.0.0", port: 30000, task: "embedding" },
      "python -m sglang.launch_server --model-path Q --served-model-name short --host 0.0.0.0 --port 30000 --is-embedding",
    ],
    [
      "sglang",
      { task: "rerank" },
      "python -m sglang.launch_server --model-path Q --chat-template examples/chat_template/qwen3_reranker.jinja",
    ],
    [
      "sglang",
      { extra: "reasoning" },
      "python -m sglang.launch_server --model-path Q --reasoning-parser qwen3",
    ],
    ["sglang", { extra: "tools" }, "python -m sglang.launch_server --model-path Q --tool-call-parser qwen25"],
    [
      "sglang",
      { extra: "dimensions" },
      `python -m sglang.launch_server --model-path Q --json-model-override-args '{"is_matryoshka": true}'`,
    ],
    [
      "sglang",
      { extra: "more-context" },
      "python -m sglang.launch_server --model-path Q --context-length 40960",
    ],
    [
      "vllm",
      { servedName: "s", host: "0.0.0.0", port: 8000 },
      "vllm serve Q --served-model-name s --host 0.0.0.0 --port 8000",
    ],
    ["vllm", { task: "embedding" }, "vllm serve Q --runner pooling"],
    ["vllm", { task: "embedding" }, "vllm serve Q --runner pooling", "0.13.0"],
    ["vllm", { task: "embedding" }, "vllm serve Q --task embed", "0.9.2"],
    ["vllm", { task: "rerank" }, `vllm serve Q --hf-overrides ${overrides}`],
    ["vllm", { extra: "reasoning" }, "vllm serve Q --reasoning-parser qwen3"],
    ["vllm", { extra: "reasoning" }, "vllm serve Q --enable-reasoning --reasoning-parser qwen3", "0.9.2"],
    ["vllm", { extra: "reasoning" }, "vllm serve Q --reasoning-parser qwen3", "0.10.0"],
    ["vllm", { extra: "tools" }, "vllm serve Q --enable-auto-tool-choice --tool-call-parser hermes"],
    ["vllm", { extra: "dimensions" }, `vllm serve Q --hf-overrides '{"is_matryoshka": true}'`],
    ["vllm", { extra: "more-context" }, "vllm serve Q --max-model-len 40960"],
    [
      "vllm",
      { task: "embedding", extra: "more-context" },
      "vllm serve Q --runner pooling --max-model-len 32768",
    ],
    [
      "llama.cpp",
      { servedName: "s", host: "0.0.0.0", port: 8080 },
      "llama-server -m Q.gguf --alias s --host 0.0.0.0 --port 8080",
    ],
    [
      "llama.cpp",
      { model: "/m/q.gguf", task: "embedding" },
      "llama-server -m /m/q.gguf --embeddings --pooling last",
    ],
    ["llama.cpp", { model: "Qwen/Q", task: "rerank" }, "llama-server -m Q.gguf --reranking"],
    ["llama.cpp", { extra: "reasoning" }, "llama-server -m Q.gguf --reasoning-format deepseek"],
    ["llama.cpp", { extra: "tools" }, "llama-server -m Q.gguf --jinja"],
    ["llama.cpp", { extra: "more-context" }, "llama-server -m Q.gguf -c 40960"],
    ["ollama", {}, "ollama serve"],
    [
      "ollama",
      { host: "0.0.0.0", extra: "more-context" },
      "OLLAMA_HOST=0.0.0.0:11434 OLLAMA_CONTEXT_LENGTH=32768 ollama serve",
    ],
    [
      "tei",
      { servedName: "s", host: "0.0.0.0", port: 3000 },
      "text-embeddings-router --model-id Q --served-model-name s --hostname 0.0.0.0 --port 3000",
    ],
    ["tgi", { extra: "more-context" }, "text-generation-launcher --model-id Q --max-total-tokens 40960"],
    [
      "lmdeploy",
      { servedName: "s", host: "0.0.0.0", extra: "more-context" },
      "lmdeploy serve api_server Q --model-name s --server-name 0.0.0.0 --server-port 23333 --session-len 40960",
    ],
    [
      "xinference",
      { model: "Qwen/Q", task: "rerank", servedName: "s" },
      "xinference launch --model-name Q --model-type rerank --model-uid s",
    ],
    ["xinference", {}, "xinference launch --model-name Q --model-type LLM --model-engine vllm"],
    ["litellm", { host: "0.0.0.0" }, "litellm --config config.yaml --host 0.0.0.0 --port 4000"],
    [
      "lm-studio",
      { servedName: "s", extra: "more-context" },
      "lms load Q --identifier s --context-length 40960",
    ],
  ];
  for (const [id, needs, expected, version] of cases) {
    it(`starts ${id} ${version ?? ""} with ${JSON.stringify(needs)}`, () => {
      assert.equal(profileOf(id).launch?.({ model: "Q", ...needs }, version), expected);
    });
  }

  it("covers every server that a person starts", () => {
    const started = profiles.filter(({ launch }) => launch !== undefined).map(({ id }) => id);
    assert.deepEqual(started.sort(), [...new Set(cases.map(([id]) => id))].sort());
  });

  for (const { id, launch } of profiles) {
    it(`keeps an evil name one word in the line of ${id}`, () => {
      const model = "a'; rm -rf ~ #\n\u0007";
      const line = launch?.({ model, servedName: model }, undefined) ?? "";
      assert.doesNotMatch(line, /[\n\u0007]/);
      const unquoted = line.replaceAll("'\\''", "").replaceAll(/'[^']*'/g, "");
      assert.doesNotMatch(unquoted, /[;#~]/);
    });
  }
});
