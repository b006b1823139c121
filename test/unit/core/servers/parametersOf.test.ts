import assert from "node:assert/strict";

import type { ParameterSpec } from "../../../../src/core/servers/chatParameters.ts";
import { parametersOf, thinkingOf } from "../../../../src/core/servers/parametersOf.ts";
import { isWithin, rangeText } from "../../../../src/core/servers/rangeText.ts";
import { type ServerId, serverIds } from "../../../../src/core/servers/serverId.ts";
import { parameterLists } from "../../../fixtures/parameterLists.ts";

function named(server: ServerId, name: string): ParameterSpec | undefined {
  return parametersOf(server, "openai").find((each) => each.name === name);
}

/** `0 ≤ temperature < 2 = 1`: the range, and what the server takes where nothing is sent. */
function described({ name, value, byDefault }: ParameterSpec): string {
  switch (value.kind) {
    case "number":
    case "integer":
      return `${rangeText(name, value) || name}${byDefault === undefined ? "" : ` = ${byDefault}`}`;
    case "choice":
      return `${name}: ${value.of.join(" ")}`;
    case "texts":
      return value.most === undefined ? name : `${name} ≤ ${value.most}`;
    default:
      return name;
  }
}

describe("the parameters of a server", () => {
  for (const server of serverIds) {
    it(`have the names, ranges and defaults of ${server}`, () =>
      assert.deepEqual(parametersOf(server, "openai").map(described), parameterLists[server]));
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

  const top = { on: { enable_thinking: true }, off: { enable_thinking: false } };
  const template = { on: inTemplate(true), off: inTemplate(false) };
  /** As servers.md 0.10 has them; those that are not named have none. */
  const switches: Readonly<Partial<Record<ServerId, { readonly on: object; readonly off: object }>>> = {
    sglang: template,
    vllm: template,
    "llama.cpp": template,
    lmdeploy: template,
    demo: template,
    unknown: template,
    ollama: { on: { reasoning_effort: "medium" }, off: { reasoning_effort: "none" } },
    dashscope: top,
    siliconflow: top,
    modelscope: top,
    openrouter: { on: { reasoning: { enabled: true } }, off: { reasoning: { enabled: false } } },
  };
  for (const server of serverIds) {
    const expected = switches[server];
    it(`${expected === undefined ? "is not there on" : "is the one of"} ${server}`, () => {
      const control = thinkingOf(server);
      const budget = budgets[server] === undefined ? [] : ["budget"];
      assert.deepEqual(control?.kinds, expected === undefined ? undefined : ["on", "off", ...budget]);
      assert.deepEqual(control?.fields({ kind: "on" }), expected?.on);
      assert.deepEqual(control?.fields({ kind: "off" }), expected?.off);
    });
  }

  it("of a server not yet known is the one that most servers have, without a budget", () => {
    assert.deepEqual(thinkingOf(undefined)?.kinds, ["on", "off"]);
    assert.deepEqual(thinkingOf(undefined)?.fields({ kind: "off" }), inTemplate(false));
  });

  it("takes as many tokens of thinking as the server does", () => {
    const limits = serverIds.flatMap((server) => {
      const range = thinkingOf(server)?.budget;
      return range === undefined ? [] : [`${server}: ${rangeText("n", range)}`];
    });
    assert.deepEqual(limits, [
      "vllm: n ≥ 0",
      "llama.cpp: n ≥ 0",
      "dashscope: n ≥ 1",
      "siliconflow: 128 ≤ n ≤ 32768",
      "openrouter: n ≥ 1",
    ]);
  });

  it('does not exist in the protocol "generate"', () => {
    assert.equal(thinkingOf("vllm", "generate"), undefined);
  });
});

describe("a range", () => {
  const rows = [
    { range: { min: 0, max: 2 }, inside: [0, 1, 2], outside: [-0.1, 2.1] },
    { range: { above: 0, max: 1 }, inside: [0.01, 1], outside: [0, 1.01] },
    { range: { min: 0, below: 2 }, inside: [0, 1.99], outside: [2, 3] },
    { range: { above: -2 }, inside: [-1.9, 1e9], outside: [-2] },
    { range: {}, inside: [-1e9, 0, 1e9], outside: [] },
  ];
  for (const { range, inside, outside } of rows) {
    it(`${rangeText("x", range) || "without ends"} holds ${inside.join(" and ")}${outside.length === 0 ? "" : `, not ${outside.join(" and ")}`}`, () => {
      assert.deepEqual(
        [...inside, ...outside].filter((value) => isWithin(value, range)),
        inside,
      );
    });
  }
});
