import assert from "node:assert/strict";

import fc from "fast-check";

import { freeId } from "../../../../src/core/endpoint/newEntry.ts";
import { parseEndpoints } from "../../../../src/core/endpoint/parseSettings.ts";

describe("freeId", () => {
  const cases: readonly { name: string; taken: readonly string[]; id: string }[] = [
    { name: "SGLang", taken: [], id: "sglang" },
    { name: "DashScope (百炼), Beijing", taken: [], id: "dashscope-beijing" },
    { name: "百炼", taken: [], id: "endpoint" },
    { name: "a".repeat(300), taken: [], id: "a".repeat(60) },
    { name: "", taken: ["endpoint"], id: "endpoint-2" },
    { name: "vLLM", taken: ["vllm", "vllm-2"], id: "vllm-3" },
  ];
  for (const { name, taken, id } of cases) {
    it(`makes ${id} of "${name}"`, () => assert.equal(freeId(name, new Set(taken)), id));
  }

  it("makes an id that the settings take, whatever the name (property)", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (name) => {
        const id = freeId(name, new Set([freeId(name, new Set())]));
        assert.equal(parseEndpoints([{ id, baseUrl: "http://a/v1" }], "user")[0]?.kind, "valid");
      }),
    );
  });
});
