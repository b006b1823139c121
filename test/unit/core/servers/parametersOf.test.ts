import assert from "node:assert/strict";

import type { ParameterSpec } from "../../../../src/core/servers/chatParameters.ts";
import { parametersOf, thinkingOf } from "../../../../src/core/servers/parametersOf.ts";
import { profileOf } from "../../../../src/core/servers/profileOf.ts";
import { isWithin, rangeText } from "../../../../src/core/servers/rangeText.ts";
import { type ServerId, serverIds } from "../../../../src/core/servers/serverId.ts";

function named(server: ServerId, name: string): ParameterSpec | undefined {
  return parametersOf(server, "openai").find((each) => each.name === name);
}

function range(server: ServerId, name: string): string | undefined {
  const value = named(server, name)?.value;
  return value?.kind === "number" || value?.kind === "integer" ? rangeText(name, value) : undefined;
}

/** The source of each row is in the server's file in src/core/servers/parameters. */
const ranges: Readonly<Partial<Record<ServerId, Readonly<Record<string, string | undefined>>>>> = {
  vllm: {
    temperature: "0 ≤ temperature ≤ 2",
    top_p: "0 < top_p ≤ 1",
    top_k: "top_k ≥ -1",
    min_p: "0 ≤ min_p ≤ 1",
    max_tokens: "max_tokens ≥ 1",
    presence_penalty: "-2 ≤ presence_penalty ≤ 2",
    repetition_penalty: "repetition_penalty > 0",
    seed: "",
    repeat_penalty: undefined,
  },
  sglang: {
    temperature: "temperature ≥ 0",
    top_p: "0 < top_p ≤ 1",
    repetition_penalty: "0 < repetition_penalty ≤ 2",
    frequency_penalty: "-2 ≤ frequency_penalty ≤ 2",
  },
  "llama.cpp": {
    top_p: "0 ≤ top_p ≤ 1",
    max_tokens: "-1 ≤ max_tokens ≤ 2147483647",
    repeat_penalty: "",
    repetition_penalty: undefined,
  },
  ollama: { temperature: "", top_k: undefined, min_p: undefined, tool_choice: undefined },
  lmdeploy: { temperature: "0 ≤ temperature ≤ 2", top_k: "top_k ≥ 0", presence_penalty: undefined },
  tgi: { top_p: "0 < top_p < 1", top_k: undefined, presence_penalty: "presence_penalty > -2" },
  xinference: { temperature: "0 ≤ temperature ≤ 2", top_k: "top_k ≥ 0", max_tokens: "max_tokens ≥ 1" },
  "lm-studio": { temperature: "", repeat_penalty: "", top_k: "" },
  dashscope: {
    temperature: "0 ≤ temperature < 2",
    top_p: "0 < top_p ≤ 1",
    seed: "0 ≤ seed ≤ 2147483647",
    frequency_penalty: undefined,
  },
  siliconflow: { min_p: "min_p ≤ 1", temperature: "0 ≤ temperature ≤ 2", presence_penalty: undefined },
  openrouter: { repetition_penalty: "0 ≤ repetition_penalty ≤ 2", top_logprobs: "0 ≤ top_logprobs ≤ 20" },
  openai: { max_tokens: undefined, max_completion_tokens: "", top_k: undefined },
  azure: { max_completion_tokens: "" },
  litellm: { temperature: "", max_tokens: "" },
  modelscope: { temperature: "" },
  unknown: { temperature: "", top_p: "" },
  demo: { max_tokens: "max_tokens ≥ 1", temperature: undefined },
};

describe("the parameters of a server", () => {
  for (const [server, fields] of Object.entries(ranges)) {
    it(`have the names and ranges of ${server}`, () => {
      const found = Object.fromEntries(
        Object.keys(fields).map((name) => [name, range(server as ServerId, name)]),
      );
      assert.deepEqual(found, fields);
    });
  }

  it("exist for every server, each name once, with those shown at once before the others", () => {
    for (const server of serverIds) {
      const specs = parametersOf(server, "openai");
      assert.equal(new Set(specs.map(({ name }) => name)).size, specs.length, server);
      const firstFurther = specs.findIndex(({ shown }) => shown === "further");
      assert.ok(
        specs.slice(firstFurther).every(({ shown }) => shown === "further"),
        server,
      );
      assert.ok(
        specs.some(({ name }) => name === "max_tokens" || name === "max_completion_tokens"),
        server,
      );
    }
  });

  it("have defaults within their own range", () => {
    for (const spec of serverIds.flatMap((server) => parametersOf(server, "openai"))) {
      if (typeof spec.byDefault === "number") {
        assert.ok(spec.value.kind === "number" || spec.value.kind === "integer");
        assert.ok(isWithin(spec.byDefault, spec.value), spec.name);
      }
    }
  });

  it("limit how many texts may end an answer where that is said", () => {
    const most = (["openai", "siliconflow", "vllm"] as const).map((server) => {
      const value = named(server, "stop")?.value;
      return value?.kind === "texts" ? value.most : "none";
    });
    assert.deepEqual(most, [4, 4, undefined]);
  });

  it("do not offer DashScope's tool_choice a word that it refuses", () => {
    assert.deepEqual(named("dashscope", "tool_choice")?.value, { kind: "choice", of: ["auto", "none"] });
  });

  it("of a server not yet known are those of the unknown one", () => {
    assert.equal(parametersOf(undefined, "openai"), parametersOf("unknown", "openai"));
  });

  it('of the protocol "generate" are its three, whatever the server', () => {
    assert.deepEqual(
      parametersOf("vllm", "generate").map(({ name }) => name),
      ["temperature", "top_p", "max_tokens"],
    );
  });
});

describe("the switch for thinking", () => {
  const inTemplate = (thinks: boolean): object => ({ chat_template_kwargs: { enable_thinking: thinks } });
  const budgets: Readonly<Partial<Record<ServerId, object | undefined>>> = {
    vllm: { ...inTemplate(true), thinking_token_budget: 512 },
    "llama.cpp": { ...inTemplate(true), thinking_budget_tokens: 512 },
    dashscope: { enable_thinking: true, thinking_budget: 512 },
    siliconflow: { enable_thinking: true, thinking_budget: 512 },
    openrouter: { reasoning: { max_tokens: 512 } },
    sglang: undefined,
    ollama: undefined,
  };
  for (const [server, fields] of Object.entries(budgets)) {
    it(`has ${fields === undefined ? "no budget" : "the budget"} of ${server}`, () => {
      const control = thinkingOf(server as ServerId);
      assert.deepEqual(control?.fields({ kind: "budget", tokens: 512 }), fields);
      assert.equal(control?.kinds.includes("budget"), fields !== undefined);
    });
  }

  it("is the profile's own wherever it has one, and absent elsewhere", () => {
    for (const server of serverIds) {
      const { thinking } = profileOf(server);
      const control = thinkingOf(server);
      assert.deepEqual(control?.fields({ kind: "on" }), thinking?.on, server);
      assert.deepEqual(control?.fields({ kind: "off" }), thinking?.off, server);
    }
  });

  it('does not exist in the protocol "generate"', () => {
    assert.equal(thinkingOf("vllm", "generate"), undefined);
  });
});
