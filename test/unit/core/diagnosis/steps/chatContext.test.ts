import assert from "node:assert/strict";

import type { Learned } from "../../../../../src/core/diagnosis/step.ts";
import { chat } from "../../../../../src/core/diagnosis/steps/chat.ts";
import { aFault, aReply } from "../../../../support/builders.ts";
import { aMessage, type Answer, climbChat, refused } from "../../../../support/chatWorld.ts";

const ollama: Learned = { server: { id: "ollama", name: "Ollama" } };
const serving = (contextLength: number): Learned => ({ served: [{ id: "Qwen3-8B", contextLength }] });
const counted = (tokens: number): Answer => aMessage({ content: "ok" }, "length", { prompt_tokens: tokens });

describe("the context of the chat rung", () => {
  const probes: readonly {
    readonly name: string;
    readonly answer: Answer;
    readonly codes: readonly string[];
  }[] = [
    {
      name: "warns where 2048 tokens of 5000 words were read",
      answer: counted(2048),
      codes: ["request.context-length,warning"],
    },
    {
      name: "warns where 4096 tokens of 5000 words were read",
      answer: counted(4096),
      codes: ["request.context-length,warning"],
    },
    { name: "is content where every word was counted", answer: counted(5020), codes: [] },
    { name: "says nothing where nothing was counted", answer: aMessage({ content: "ok" }), codes: [] },
    {
      name: "notes a refusal",
      answer: refused("prompt exceeds the context length of 4096"),
      codes: ["request.context-length,note"],
    },
    { name: "says nothing of a fault", answer: { kind: "fault", fault: aFault("TIMEOUT") }, codes: [] },
    { name: "says nothing of a reply that cannot be read", answer: aReply("<html>"), codes: [] },
  ];
  for (const { name, answer, codes } of probes) {
    it(`${name}, on a server that cuts long prompts`, async () => {
      let asked = 0;
      const climbed = await climbChat(chat, () => (asked++ === 0 ? aMessage({ content: "pong" }) : answer), {
        learned: ollama,
      });
      assert.equal(climbed.sent.length, 2);
      assert.equal(climbed.sent[1]?.["max_tokens"], 1);
      assert.deepEqual(climbed.codes.map(String), codes);
      assert.match(climbed.evidence.at(-1) ?? "", /5000 words sent/);
    });
  }

  const unasked: readonly {
    readonly name: string;
    readonly depth: "basic" | "full";
    readonly learned: Learned;
  }[] = [
    { name: "in a basic test", depth: "basic", learned: ollama },
    {
      name: "of a server that refuses long prompts",
      depth: "full",
      learned: { server: { id: "vllm", name: "vLLM" } },
    },
    { name: "of an unknown server", depth: "full", learned: {} },
  ];
  for (const { name, depth, learned } of unasked) {
    it(`sends no long prompt ${name}`, async () => {
      const climbed = await climbChat(chat, () => aMessage({ content: "pong" }), {
        learned,
        subject: { depth },
      });
      assert.equal(climbed.sent.length, 1);
    });
  }

  it("notes a context below 8192 tokens", async () => {
    const { codes, evidence } = await climbChat(chat, () => aMessage({ content: "pong" }), {
      learned: serving(4096),
    });
    assert.deepEqual(codes, [["request.context-length", "note"]]);
    assert.equal(evidence.at(-1), "Qwen3-8B: context 4096");
  });

  it("is content with a context of 8192 tokens", async () => {
    const { codes } = await climbChat(chat, () => aMessage({ content: "pong" }), { learned: serving(8192) });
    assert.deepEqual(codes, []);
  });
});
