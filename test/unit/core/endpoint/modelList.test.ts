import assert from "node:assert/strict";

import fc from "fast-check";

import { guessTask, parseModelList } from "../../../../src/core/endpoint/modelList.ts";
import { recordedReplies } from "../../../support/recordedReplies.ts";

describe("parseModelList", () => {
  const recorded: Readonly<Record<string, unknown>> = {
    "sglang: models-list": [
      { id: "Qwen/Qwen3-8B", task: "chat", ownedBy: "sglang", contextLength: 40_960, root: "Qwen/Qwen3-8B" },
    ],
    "vllm: models-list": [
      { id: "Qwen/Qwen3-8B", task: "chat", ownedBy: "vllm", contextLength: 40_960, root: "Qwen/Qwen3-8B" },
    ],
    "lmdeploy: models-list": [
      { id: "Qwen/Qwen3-8B", task: "chat", ownedBy: "lmdeploy", root: "Qwen/Qwen3-8B" },
    ],
    "ollama: models-list": [{ id: "qwen3:8b", task: "chat", ownedBy: "library" }],
    "tgi: models-list": [{ id: "Qwen/Qwen3-8B", task: "chat", ownedBy: "Qwen/Qwen3-8B" }],
    "xinference: models-list": [{ id: "qwen3", task: "chat", ownedBy: "xinference", contextLength: 40_960 }],
  };
  for (const [name, expected] of Object.entries(recorded)) {
    it(`reads the list of ${name}`, () => {
      const { reply } = recordedReplies.find((each) => each.name === name)!;
      assert.deepEqual(parseModelList(JSON.parse(reply.body)), expected);
    });
  }

  it("reads the list of llama.cpp, which holds Ollama's shape as well", () => {
    const body = {
      models: [{ name: "other" }],
      object: "list",
      data: [{ id: "m.gguf", owned_by: "llamacpp", meta: { n_ctx: 4096, vocab_type: 2 } }],
    };
    assert.deepEqual(parseModelList(body), [{ id: "m.gguf", ownedBy: "llamacpp", contextLength: 4096 }]);
  });

  it("takes Ollama's `data: null` for an empty list", () => {
    assert.deepEqual(parseModelList({ object: "list", data: null }), []);
  });

  it("reads a bare list", () => assert.deepEqual(parseModelList([{ id: "m" }]), [{ id: "m" }]));

  it("leaves out what has no id, and fields of a wrong type", () => {
    const data = [
      { id: 1 },
      {},
      null,
      "m",
      { id: "a", owned_by: 1, max_model_len: "4096", root: [], meta: "x" },
    ];
    assert.deepEqual(parseModelList({ data }), [{ id: "a" }]);
  });

  for (const body of [
    undefined,
    null,
    1,
    "text",
    {},
    { data: {} },
    { data: "x" },
    { models: [] },
    { data: null },
  ]) {
    it(`finds no list in ${JSON.stringify(body)}`, () => assert.equal(parseModelList(body), undefined));
  }

  it("keeps ids as the data they are", () => {
    const ids = ["<img src=x onerror=alert(1)>", "[a](command:x)", "a\nb", "\u202egnp.exe", "", "__proto__"];
    assert.deepEqual(
      parseModelList({ data: ids.map((id) => ({ id })) })?.map(({ id }) => id),
      ids,
    );
  });

  it("keeps 5,000 of 100,000 entries", () => {
    const data = Array.from({ length: 100_000 }, (_, index) => ({ id: `m${index}` }));
    assert.equal(parseModelList({ data })?.length, 5000);
  });

  const types: readonly [type: string, task: string | undefined][] = [
    ["LLM", "chat"],
    ["embedding", "embedding"],
    ["rerank", "rerank"],
    ["image", undefined],
    ["constructor", undefined],
    ["toString", undefined],
  ];
  for (const [type, task] of types) {
    it(`takes the task of Xinference's model type ${type} as ${String(task)}`, () => {
      assert.equal(parseModelList([{ id: "m", model_type: type }])?.[0]?.task, task);
    });
  }

  it("never throws, whatever the JSON (property)", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        parseModelList(value);
        parseModelList({ data: value });
        parseModelList({ data: [value] });
      }),
    );
  });
});

describe("guessTask", () => {
  const cases: readonly [id: string, task: string | undefined][] = [
    ["Qwen/Qwen3-Embedding-4B", "embedding"],
    ["text-embedding-v4", "embedding"],
    ["BAAI/bge-m3", "embedding"],
    ["Qwen/Qwen3-Reranker-0.6B", "rerank"],
    ["BAAI/bge-reranker-v2-m3", "rerank"],
    ["gte-rerank-v2", "rerank"],
    ["Qwen3-235B-A22B-Instruct-2507", "chat"],
    ["deepseek-v3", "chat"],
    ["m.gguf", undefined],
    ["wan2.2", undefined],
  ];
  for (const [id, task] of cases) {
    it(`takes ${id} for ${task ?? "anything"}`, () => assert.equal(guessTask(id), task));
  }
});
