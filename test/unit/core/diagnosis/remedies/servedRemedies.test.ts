import assert from "node:assert/strict";

import type { FindingCode } from "../../../../../src/core/diagnosis/finding.ts";
import type { About } from "../../../../../src/core/diagnosis/remedies/remedy.ts";
import { remedyFor } from "../../../../../src/core/diagnosis/remedies/remedyFor.ts";
import type { ServerId } from "../../../../../src/core/servers/serverId.ts";

type Case = readonly [FindingCode, ServerId, Partial<About>, string];

const at = (port: number): string => `http://127.0.0.1:${port}/v1`;
const mistral = [{ id: "mistral", root: "mistralai/Mistral-7B-Instruct-v0.3" }];
const named = [{ id: "qwen3", root: "/models/Qwen3-8B" }];
const embedding = [{ id: "e", root: "Qwen/Qwen3-Embedding-4B" }];

function itOffers(cases: readonly Case[]): void {
  for (const [code, serverId, about, command] of cases) {
    it(`for ${code} on ${serverId} ${JSON.stringify(about)}`, () => {
      assert.deepEqual(remedyFor(code, { serverId, ...about })?.commands, [command]);
    });
  }
}

describe("a line starts what is served, under the name that is asked for,", () => {
  itOffers([
    [
      "model.unknown",
      "vllm",
      { model: "my-model", served: mistral },
      "vllm serve mistralai/Mistral-7B-Instruct-v0.3 --served-model-name my-model",
    ],
    [
      "model.unknown",
      "vllm",
      { model: "Qwen3-8B", served: [{ id: "/models/Qwen3-8B", root: "/models/Qwen3-8B" }] },
      "vllm serve /models/Qwen3-8B --served-model-name Qwen3-8B",
    ],
    [
      "model.path-as-id",
      "vllm",
      { model: "Qwen3-8B", served: [{ id: "/models/Qwen3-8B" }] },
      "vllm serve /models/Qwen3-8B --served-model-name Qwen3-8B",
    ],
    [
      "model.wrong-case",
      "sglang",
      {
        model: "qwen/qwen3-embedding-0.6b",
        task: "embedding",
        served: [{ id: "Qwen/Qwen3-Embedding-0.6B", root: "Qwen/Qwen3-Embedding-0.6B" }],
      },
      "python -m sglang.launch_server --model-path Qwen/Qwen3-Embedding-0.6B --served-model-name qwen/qwen3-embedding-0.6b --is-embedding",
    ],
    [
      "model.ignored",
      "llama.cpp",
      { model: "other", served: [{ id: "/models/Qwen3-8B-Q8_0.gguf" }] },
      "llama-server -m /models/Qwen3-8B-Q8_0.gguf --alias other",
    ],
    [
      "model.ignored",
      "llama.cpp",
      { model: "other", served: [{ id: "qwen" }] },
      "llama-server -m /path/to/model.gguf --alias other",
    ],
    [
      "model.unknown",
      "vllm",
      {
        model: "law2",
        served: [
          { id: "qwen3", root: "/models/Qwen3-8B", contextLength: 40960 },
          { id: "law", root: "/loras/law" },
        ],
      },
      "vllm serve /models/Qwen3-8B --served-model-name law2",
    ],
    [
      "thinking.unsplit",
      "vllm",
      { model: "qwen3", served: named },
      "vllm serve /models/Qwen3-8B --served-model-name qwen3 --reasoning-parser qwen3",
    ],
    [
      "task.not-started-for",
      "vllm",
      { model: "e", task: "embedding", served: embedding },
      "vllm serve Qwen/Qwen3-Embedding-4B --served-model-name e --runner pooling",
    ],
    [
      "task.not-started-for",
      "vllm",
      { model: "e", task: "chat", served: embedding },
      "vllm serve Qwen/Qwen3-8B",
    ],
    [
      "task.not-started-for",
      "vllm",
      { model: "Qwen/Qwen3-14B", task: "chat", served: embedding },
      "vllm serve Qwen/Qwen3-14B",
    ],
  ]);
});

describe("a line names the endpoint's port where it is not the server's own,", () => {
  const noPort = [at(8000), "https://gpu.invalid:8443/v1", "http://gpu.invalid/v1", "not a url"];
  itOffers([
    [
      "request.context-length",
      "vllm",
      { baseUrl: at(8123) },
      "vllm serve Qwen/Qwen3-8B --port 8123 --max-model-len 40960",
    ],
    ...noPort.map((baseUrl): Case => [
      "request.context-length",
      "vllm",
      { baseUrl },
      "vllm serve Qwen/Qwen3-8B --max-model-len 40960",
    ]),
    ["http.host-rejected", "ollama", { baseUrl: at(8123) }, "OLLAMA_HOST=0.0.0.0:8123 ollama serve"],
    [
      "server.overloaded",
      "ollama",
      { baseUrl: at(8123) },
      "OLLAMA_MAX_QUEUE=1024 OLLAMA_HOST=127.0.0.1:8123 ollama serve",
    ],
    [
      "rerank.template-missing",
      "llama.cpp",
      { baseUrl: at(8123) },
      "llama-server -hf ggml-org/Qwen3-Reranker-0.6B-Q8_0-GGUF --reranking --port 8123",
    ],
    [
      "task.unsupported",
      "lmdeploy",
      { baseUrl: at(8123), task: "embedding" },
      "vllm serve Qwen/Qwen3-Embedding-0.6B --runner pooling",
    ],
  ]);
});

describe("a path where the server has a name", () => {
  for (const code of ["model.path-as-id", "model.unknown"] as const) {
    for (const model of ["/models/Qwen3-8B", "/elsewhere/Qwen3-8B"]) {
      it(`is to be replaced by that name: ${code} of ${model}`, () => {
        const { text = "", commands } = remedyFor(code, { serverId: "vllm", model, served: named }) ?? {};
        assert.match(text, /lists: qwen3$/);
        assert.deepEqual(commands, []);
      });
    }
  }
});

describe("Ollama's name of a model", () => {
  itOffers([
    ["model.unknown", "ollama", { model: "Qwen/Qwen3-8B" }, "ollama pull qwen3:8b"],
    ["model.unknown", "ollama", { model: "Qwen3-30B-A3B" }, "ollama pull qwen3:30b-a3b"],
    ["model.unknown", "ollama", { model: "Qwen/Qwen3-Embedding-0.6B" }, "ollama pull qwen3-embedding:0.6b"],
    ["model.unknown", "ollama", { model: "hf.co/a/b" }, "ollama pull hf.co/a/b"],
    ["model.unknown", "ollama", { model: "someone/qwen3:q4" }, "ollama pull someone/qwen3:q4"],
    ["model.none-listed", "ollama", { task: "embedding" }, "ollama pull qwen3-embedding:0.6b"],
  ]);

  for (const model of ["Qwen/Qwen3-Coder-480B", "mistralai/Mistral-7B", "/models/Qwen3-8B"]) {
    it(`is not made up for ${model}`, () => {
      assert.deepEqual(remedyFor("model.unknown", { serverId: "ollama", model })?.commands, []);
    });
  }
});

describe("an error of the server behind LiteLLM", () => {
  const served = [{ id: "qwen3" }];
  const cases: readonly (readonly [FindingCode, Partial<About>, RegExp])[] = [
    ["auth.rejected", { served }, /Correct api_key under litellm_params/],
    ["auth.rejected", {}, /master key/],
    ["model.unknown", { served, model: "qwen3" }, /Correct litellm_params\.model/],
    ["model.unknown", { served, model: "other" }, /model_name: other$/],
    ["server.no-upstream", {}, /api_key under litellm_params.*litellm_params\.model/],
    ["http.gateway", {}, /api_key/],
    ["http.server-error", {}, /api_key/],
  ];
  for (const [code, about, text] of cases) {
    it(`is told at ${code} with ${JSON.stringify(about)}`, () => {
      assert.match(remedyFor(code, { serverId: "litellm", ...about })?.text ?? "", text);
    });
  }
});
