import assert from "node:assert/strict";

import { chooseModel } from "../../../../src/core/diagnosis/chooseModel.ts";
import { nearestModels } from "../../../../src/core/diagnosis/nearestModels.ts";

describe("nearestModels", () => {
  const cases: readonly {
    name: string;
    wanted: string;
    served: readonly string[];
    expected: readonly string[];
  }[] = [
    { name: "another case", wanted: "qwen3-8b", served: ["Qwen3-8B"], expected: ["Qwen3-8B"] },
    {
      name: "a missing organisation",
      wanted: "Qwen3-8B",
      served: ["Qwen/Qwen3-8B"],
      expected: ["Qwen/Qwen3-8B"],
    },
    { name: "a path", wanted: "Qwen3-8B", served: ["/models/Qwen3-8B"], expected: ["/models/Qwen3-8B"] },
    {
      name: "another organisation",
      wanted: "qwen/Qwen3-8B",
      served: ["org/Qwen3-8B"],
      expected: ["org/Qwen3-8B"],
    },
    { name: "a folder", wanted: "Qwen3-8B", served: ["/models/Qwen3-8B/"], expected: ["/models/Qwen3-8B/"] },
    {
      name: "a file",
      wanted: "qwen3-8b-q8_0",
      served: ["C:\\models\\Qwen3-8B-Q8_0.gguf"],
      expected: ["C:\\models\\Qwen3-8B-Q8_0.gguf"],
    },
    {
      name: "a folder of Hugging Face's cache",
      wanted: "Qwen/Qwen3-8B",
      served: ["/root/.cache/huggingface/hub/models--Qwen--Qwen3-8B/snapshots/0f1e2d"],
      expected: ["/root/.cache/huggingface/hub/models--Qwen--Qwen3-8B/snapshots/0f1e2d"],
    },
    { name: "a missing tag", wanted: "qwen3", served: ["qwen3:latest"], expected: ["qwen3:latest"] },
    { name: "other separators", wanted: "qwen3_8b", served: ["qwen3-8b"], expected: ["qwen3-8b"] },
    { name: "a slip of the finger", wanted: "Qwen3-8C", served: ["Qwen3-8B"], expected: ["Qwen3-8B"] },
    { name: "another model", wanted: "Qwen3-8B", served: ["gpt-4o"], expected: [] },
    { name: "the very same", wanted: "m", served: ["m"], expected: [] },
    { name: "another Chinese name", wanted: "通义千问", served: ["豆包大模型"], expected: [] },
    { name: "no name at all", wanted: "", served: ["gpt-4o", "Qwen3-8B"], expected: [] },
    {
      name: "many, nearest first and three at most",
      wanted: "qwen3-8b",
      served: ["qwen3-8bb", "qwen3-8c", "org/qwen3-8b", "qwen3_8b", "QWEN3-8B"],
      expected: ["QWEN3-8B", "org/qwen3-8b", "qwen3_8b"],
    },
  ];
  for (const { name, wanted, served, expected } of cases) {
    it(`suggests ${expected.length} of ${name}`, () => {
      assert.deepEqual(nearestModels(wanted, served), expected);
    });
  }

  it("ends with 5,000 models and ids without end", () => {
    const served = Array.from({ length: 5000 }, (_, index) => `${"x".repeat(190)}${index}`);
    assert.deepEqual(nearestModels("y".repeat(1_000_000), [...served, "z".repeat(1_000_000)]), []);
  });
});

describe("chooseModel", () => {
  const embedding = { id: "e", task: "embedding" } as const;
  const chat = { id: "c", task: "chat" } as const;
  const unknown = { id: "u" };
  const cases = [
    { served: [embedding, unknown, chat], task: "chat", expected: "c" },
    { served: [embedding, unknown], task: "chat", expected: "u" },
    { served: [embedding], task: "chat", expected: undefined },
    { served: [], task: "rerank", expected: undefined },
  ] as const;
  for (const { served, task, expected } of cases) {
    it(`takes ${String(expected)} for ${task} of ${served.map(({ id }) => id).join(", ")}`, () => {
      assert.equal(chooseModel(served, task), expected);
    });
  }
});
