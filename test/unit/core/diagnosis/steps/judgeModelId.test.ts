import assert from "node:assert/strict";

import { judgeModelId } from "../../../../../src/core/diagnosis/steps/judgeModelId.ts";
import type { ModelInfo } from "../../../../../src/core/endpoint/modelList.ts";
import type { ServerId } from "../../../../../src/core/servers/serverId.ts";

interface Case {
  readonly name: string;
  readonly configured: string;
  readonly served: readonly ModelInfo[];
  readonly id?: ServerId;
  readonly port?: number;
  readonly expected: string | undefined;
  /** Models to use, then commands to copy. */
  readonly offers: readonly string[];
}

const listed = (...ids: readonly string[]): readonly ModelInfo[] => ids.map((id) => ({ id }));

describe("judgeModelId", () => {
  const cases: readonly Case[] = [
    { name: "a listed id", configured: "m", served: listed("m"), expected: undefined, offers: [] },
    { name: "an empty list", configured: "m", served: [], expected: undefined, offers: [] },
    {
      name: "another case, which SGLang hides",
      configured: "qwen3-8b",
      served: listed("Qwen3-8B"),
      id: "sglang",
      expected: "warning model.wrong-case",
      offers: ["Qwen3-8B"],
    },
    {
      name: "an id that SGLang takes",
      configured: "gpt-4o",
      served: listed("Qwen3-8B"),
      id: "sglang",
      expected: "warning model.ignored",
      offers: ["Qwen3-8B"],
    },
    {
      name: "an id that llama.cpp overlooks",
      configured: "gpt-4o",
      served: listed("q.gguf"),
      id: "llama.cpp",
      expected: "warning model.ignored",
      offers: ["q.gguf"],
    },
    {
      name: "an id that vLLM will refuse, with the only one there is",
      configured: "gpt-4o",
      served: listed("Qwen3-8B"),
      id: "vllm",
      expected: "warning model.not-listed",
      offers: ["Qwen3-8B"],
    },
    {
      name: "one of many that nothing is near to",
      configured: "gpt-4o",
      served: listed("Qwen3-8B", "bge-m3"),
      id: "vllm",
      expected: "warning model.not-listed",
      offers: [],
    },
    {
      name: "a colon on SGLang",
      configured: "qwen3:8b",
      served: listed("Qwen/Qwen3-8B"),
      id: "sglang",
      expected: "warning model.adapter-suffix",
      offers: ["Qwen/Qwen3-8B"],
    },
    {
      name: "a tag on Ollama",
      configured: "qwen3:14b",
      served: listed("qwen3:8b"),
      id: "ollama",
      expected: "warning model.not-listed",
      offers: ["qwen3:8b"],
    },
    {
      name: "vLLM named by its path, on a port of its own",
      port: 8123,
      configured: "Qwen3-8B",
      served: listed("/models/Qwen3-8B"),
      id: "vllm",
      expected: "warning model.path-as-id",
      offers: ["/models/Qwen3-8B", "vllm serve /models/Qwen3-8B --served-model-name Qwen3-8B --port 8123"],
    },
    {
      name: "the path where SGLang has a name",
      configured: "/models/Qwen3-8B",
      served: [{ id: "qwen", root: "/models/Qwen3-8B" }],
      id: "sglang",
      expected: "warning model.path-as-id",
      offers: ["qwen"],
    },
    {
      name: "a path that is served",
      configured: "/models/Qwen3-8B/",
      served: listed("/models/Qwen3-8B/"),
      id: "vllm",
      expected: "note model.path-as-id",
      offers: ["vllm serve /models/Qwen3-8B/ --served-model-name Qwen3-8B"],
    },
    {
      name: "a path of something unknown",
      configured: "q",
      served: listed("C:\\models\\q"),
      expected: "warning model.path-as-id",
      offers: ["C:\\models\\q"],
    },
  ];
  for (const { name, configured, served, id, port = 8000, expected, offers } of cases) {
    it(`says ${expected ?? "nothing"} of ${name}`, () => {
      const learned = { served, ...(id === undefined ? {} : { server: { id, name: id } }) };
      const [finding] = judgeModelId(configured, "chat", learned, `http://127.0.0.1:${port}/v1`);
      assert.equal(finding && `${finding.severity} ${finding.code}`, expected);
      const offered = (finding?.fixes ?? []).flatMap((fix) =>
        fix.kind === "use-model" ? [fix.model] : fix.kind === "copy-command" ? [fix.command] : [],
      );
      assert.deepEqual(offered, offers);
    });
  }
});
