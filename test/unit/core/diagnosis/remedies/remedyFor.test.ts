import assert from "node:assert/strict";

import type { Exchange } from "../../../../../src/core/diagnosis/exchange.ts";
import type { FindingCode } from "../../../../../src/core/diagnosis/finding.ts";
import { aboutReport } from "../../../../../src/core/diagnosis/remedies/aboutReport.ts";
import type { About } from "../../../../../src/core/diagnosis/remedies/remedy.ts";
import { remedyFor } from "../../../../../src/core/diagnosis/remedies/remedyFor.ts";
import { withRemedies } from "../../../../../src/core/diagnosis/remedies/withRemedies.ts";
import type { ServerId } from "../../../../../src/core/servers/serverId.ts";
import { anEndpoint, aFinding, aReport, aRung, aSubject } from "../../../../support/builders.ts";

const overrides =
  '\'{"architectures":["Qwen3ForSequenceClassification"],"classifier_from_token":["no","yes"],"is_original_qwen3_reranker":true}\'';

describe("remedyFor", () => {
  const cases: readonly (readonly [FindingCode, ServerId, Partial<About>, string])[] = [
    ["model.unknown", "vllm", { model: "qwen3-8b" }, "vllm serve Qwen/Qwen3-8B --served-model-name qwen3-8b"],
    ["model.not-listed", "llama.cpp", { model: "q" }, "llama-server -m Qwen3-8B.gguf --alias q"],
    ["model.unknown", "ollama", { model: "qwen3:14b" }, "ollama pull qwen3:14b"],
    [
      "model.path-as-id",
      "vllm",
      { model: "/models/Qwen3-8B" },
      "vllm serve /models/Qwen3-8B --served-model-name Qwen3-8B",
    ],
    [
      "model.adapter-suffix",
      "sglang",
      { model: "Qwen/Qwen3-8B:law" },
      "python -m sglang.launch_server --model-path Qwen/Qwen3-8B --lora-paths law=/path/to/law",
    ],
    [
      "task.not-started-for",
      "sglang",
      { task: "embedding", model: "Qwen/Qwen3-Embedding-4B" },
      "python -m sglang.launch_server --model-path Qwen/Qwen3-Embedding-4B --is-embedding",
    ],
    [
      "task.not-started-for",
      "sglang",
      { task: "rerank", model: "Qwen/Qwen3-8B" },
      "python -m sglang.launch_server --model-path Qwen/Qwen3-Reranker-0.6B --chat-template examples/chat_template/qwen3_reranker.jinja",
    ],
    [
      "task.not-started-for",
      "vllm",
      { task: "embedding" },
      "vllm serve Qwen/Qwen3-Embedding-0.6B --runner pooling",
    ],
    [
      "task.not-started-for",
      "vllm",
      { task: "embedding", version: "0.9.1" },
      "vllm serve Qwen/Qwen3-Embedding-0.6B --task embed",
    ],
    [
      "task.not-started-for",
      "vllm",
      { task: "rerank" },
      `vllm serve Qwen/Qwen3-Reranker-0.6B --hf-overrides ${overrides}`,
    ],
    [
      "task.not-started-for",
      "vllm",
      { task: "chat", model: "Qwen/Qwen3-Embedding-4B" },
      "vllm serve Qwen/Qwen3-8B",
    ],
    [
      "task.not-started-for",
      "llama.cpp",
      { task: "rerank" },
      "llama-server -m Qwen3-Reranker-0.6B.gguf --reranking",
    ],
    [
      "task.not-started-for",
      "tei",
      { task: "rerank" },
      `vllm serve Qwen/Qwen3-Reranker-0.6B --hf-overrides ${overrides}`,
    ],
    [
      "task.unsupported",
      "lmdeploy",
      { task: "embedding" },
      "vllm serve Qwen/Qwen3-Embedding-0.6B --runner pooling",
    ],
    [
      "connect.refused",
      "unknown",
      { baseUrl: "http://localhost:30000/v1", model: "Qwen3-Embedding-4B", task: "embedding" },
      "python -m sglang.launch_server --model-path Qwen/Qwen3-Embedding-4B --served-model-name Qwen3-Embedding-4B --port 30000 --is-embedding",
    ],
    ["connect.refused", "unknown", { baseUrl: "http://localhost:11434/v1" }, "ollama serve"],
    [
      "connect.refused",
      "unknown",
      { baseUrl: "http://gpu.invalid:30000/v1" },
      "python -m sglang.launch_server --model-path Qwen/Qwen3-8B --host 0.0.0.0 --port 30000",
    ],
    ["connect.refused", "unknown", { baseUrl: "http://localhost:9997/v1" }, "xinference-local --port 9997"],
    [
      "address.remote-localhost",
      "unknown",
      { baseUrl: "http://localhost:8080/v1" },
      "llama-server -m Qwen3-8B.gguf --host 0.0.0.0 --port 8080",
    ],
    ["http.host-rejected", "ollama", {}, "OLLAMA_HOST=0.0.0.0:11434 ollama serve"],
    ["request.context-length", "vllm", {}, "vllm serve Qwen/Qwen3-8B --max-model-len 40960"],
    [
      "request.tools-disabled",
      "vllm",
      {},
      "vllm serve Qwen/Qwen3-8B --enable-auto-tool-choice --tool-call-parser hermes",
    ],
    [
      "thinking.unsplit",
      "sglang",
      {},
      "python -m sglang.launch_server --model-path Qwen/Qwen3-8B --reasoning-parser qwen3",
    ],
    [
      "server.loading",
      "llama.cpp",
      { baseUrl: "http://localhost:8080/v1" },
      "curl -i http://localhost:8080/health",
    ],
    [
      "rerank.template-missing",
      "vllm",
      {},
      `vllm serve Qwen/Qwen3-Reranker-0.6B --hf-overrides ${overrides} --chat-template examples/pooling/score/template/qwen3_reranker.jinja`,
    ],
    [
      "rerank.template-missing",
      "llama.cpp",
      {},
      "llama-server -hf ggml-org/Qwen3-Reranker-0.6B-Q8_0-GGUF --reranking",
    ],
    [
      "task.not-started-for",
      "xinference",
      { task: "embedding" },
      "xinference launch --model-name Qwen3-Embedding-0.6B --model-type embedding",
    ],
    [
      "rerank.template-missing",
      "sglang",
      {},
      "python -m sglang.launch_server --model-path Qwen/Qwen3-Reranker-0.6B --chat-template examples/chat_template/qwen3_reranker.jinja",
    ],
  ];
  for (const [code, serverId, about, command] of cases) {
    it(`offers a line for ${code} on ${serverId} ${JSON.stringify(about)}`, () => {
      assert.deepEqual(remedyFor(code, { serverId, ...about })?.commands, [command]);
    });
  }

  it("names the switch of the server", () => {
    const says = (serverId: ServerId): string | undefined =>
      remedyFor("request.extra-body", { serverId })?.text;
    assert.match(says("vllm") ?? "", /"chat_template_kwargs":\{"enable_thinking":false\}$/);
    assert.match(says("ollama") ?? "", /"reasoning_effort":"none"$/);
    assert.match(says("dashscope") ?? "", /"enable_thinking":false$/);
  });

  it("says nothing of an upgrade that is done", () => {
    const code = "embedding.encoding-ignored";
    assert.ok(remedyFor(code, { serverId: "sglang", version: "0.5.16" }));
    assert.equal(remedyFor(code, { serverId: "sglang", version: "0.5.18" }), undefined);
  });

  it("keeps a hostile name of a model inside its word", () => {
    const { commands = [] } =
      remedyFor("model.unknown", { serverId: "ollama", model: "x; rm -rf ~\n'" }) ?? {};
    assert.deepEqual(commands, ["ollama pull 'x; rm -rf ~'\\'''"]);
  });
});

describe("withRemedies", () => {
  const subject = aSubject({ endpoint: anEndpoint({ models: { embedding: "m" } }), tasks: ["embedding"] });
  const learned = { server: { id: "sglang", name: "SGLang" } } as const;
  const lineOf = (fixes: readonly { kind: string; command?: string }[]): readonly string[] =>
    fixes.flatMap(({ kind, command = "" }) => (kind === "copy-command" ? [command] : []));

  it("adds the line to the finding's own fixes, once", () => {
    const finding = aFinding("task.not-started-for", { fixes: [{ kind: "list-models" }] });
    const [once] = withRemedies([finding], subject, learned, "embedding");
    const [twice] = withRemedies([once!], subject, learned, "embedding");
    assert.equal(once?.fixes[0]?.kind, "list-models");
    assert.equal(lineOf(once.fixes).length, 1);
    assert.match(lineOf(once.fixes)[0] ?? "", /--is-embedding$/);
    assert.deepEqual(twice, once);
  });

  it("leaves alone what it has no line for", () => {
    const finding = aFinding("stream.cut");
    assert.deepEqual(withRemedies([finding], subject, {}), [finding]);
  });
});

describe("aboutReport", () => {
  const report = aReport({
    serverId: "vllm",
    serverVersion: "0.13.0",
    tasks: ["chat", "embedding"],
    models: { chat: "c", embedding: "e" },
    rungs: [aRung("embedding", { findings: [aFinding("task.not-started-for")] })],
  });

  it("takes the task of the rung that holds the finding", () => {
    assert.deepEqual(aboutReport(report, "task.not-started-for"), {
      serverId: "vllm",
      version: "0.13.0",
      model: "e",
      task: "embedding",
      baseUrl: report.baseUrl,
      served: undefined,
    });
    assert.equal(aboutReport(report).model, "c");
    assert.equal(aboutReport(aReport()).serverId, "unknown");
  });

  it("reads what is served from the copy of the reply", () => {
    const exchange: Exchange = {
      method: "GET",
      url: "http://localhost:8000/v1/models",
      requestHeaders: {},
      status: 200,
      replyHeaders: {},
      replyBody: JSON.stringify({ data: [{ id: "qwen3", root: "/models/Qwen3-8B" }] }),
      role: "rung",
      durationMs: 1,
    };
    const served = (replyBody: string): unknown =>
      aboutReport(aReport({ rungs: [aRung("http", { exchanges: [{ ...exchange, replyBody }] })] })).served;
    assert.deepEqual(served(exchange.replyBody), [{ id: "qwen3", task: "chat", root: "/models/Qwen3-8B" }]);
    assert.equal(served(exchange.replyBody.slice(0, 20)), undefined);
  });

  it("leads to the remedy", () => {
    const about = aboutReport(report, "task.not-started-for");
    assert.match(remedyFor("task.not-started-for", about)?.text ?? "", /--runner pooling/);
    assert.equal(remedyFor("stream.cut", about), undefined);
  });
});
