import assert from "node:assert/strict";

import { plainHabits } from "../../../../../src/core/diagnosis/chatHabits.ts";
import type { Learned } from "../../../../../src/core/diagnosis/step.ts";
import { thinking } from "../../../../../src/core/diagnosis/steps/thinking.ts";
import { profiles } from "../../../../../src/core/servers/profiles/index.ts";
import type { ServerId } from "../../../../../src/core/servers/serverId.ts";
import { anEndpoint, aReply } from "../../../../support/builders.ts";
import { delta, done } from "../../../../support/chatStreams.ts";
import { aMessage, type Answer, climbChat, refused } from "../../../../support/chatWorld.ts";

const split = aMessage({ reasoning_content: "17 plus 25", content: "42" });
const plain = aMessage({ content: "42" });
const model = (id: string): Learned => ({ chosen: { chat: id } });
const server = (id: ServerId): Learned => ({ server: { id, name: id } });

/** The first request turns thinking on, the second off. */
function inTurn(on: Answer, off: Answer): () => Answer {
  let asked = 0;
  return () => (asked++ === 0 ? on : off);
}

describe("the thinking rung", () => {
  const cases: readonly {
    readonly name: string;
    readonly on: Answer;
    readonly off: Answer;
    readonly learned?: Learned;
    readonly codes: readonly string[];
  }[] = [
    { name: "thinking in its own field, and none when off", on: split, off: plain, codes: [] },
    { name: "a model that does not think at all", on: plain, off: plain, codes: [] },
    {
      name: "thinking that filled the tokens",
      on: aMessage({ reasoning_content: "17 plus", content: null }, "length"),
      off: plain,
      codes: [],
    },
    {
      name: "tags in the content",
      on: aMessage({ content: "<think>\n17 plus 25\n</think>\n\n42" }),
      off: plain,
      codes: ["thinking.unsplit,warning"],
    },
    {
      name: "a closing tag alone, as Thinking-2507 writes",
      on: aMessage({ content: "17 plus 25\n</think>\n\n42" }),
      off: aMessage({ content: "17 plus 25\n</think>\n\n42" }),
      learned: model("Qwen3-4B-Thinking-2507"),
      codes: ["thinking.unsplit,warning", "thinking.cannot-disable,note"],
    },
    {
      name: "thoughts in the content to the last token, of a model that always thinks",
      on: aMessage({ content: "17 plus 25 is" }, "length"),
      off: aMessage({ content: "17 plus" }, "length"),
      learned: model("Qwen3-4B-Thinking-2507"),
      codes: ["thinking.unsplit,warning"],
    },
    {
      name: "empty tags when off",
      on: split,
      off: aMessage({ content: "<think>\n\n</think>\n\n42" }),
      codes: ["thinking.unsplit,warning"],
    },
    {
      name: "the answer in reasoning_content when off, as vLLM 0.8.5 has it",
      on: split,
      off: aMessage({ content: null, reasoning_content: "42" }),
      codes: ["thinking.wrong-field,warning"],
    },
    {
      name: "thinking when off, of a server whose switch is a guess",
      on: split,
      off: split,
      codes: ["thinking.cannot-disable,note"],
    },
    {
      name: "thinking when off, cut by max_tokens",
      on: split,
      off: aMessage({ content: null, reasoning_content: "17 plus" }, "length"),
      codes: ["thinking.cannot-disable,note"],
    },
    {
      name: "a field that clients do not read, of an unknown server",
      on: aMessage({ reasoning: "17 plus 25", content: "42" }),
      off: plain,
      codes: ["thinking.wrong-field,note"],
    },
    {
      name: "a switch that is refused",
      on: refused("Unrecognized request argument supplied: chat_template_kwargs"),
      off: refused("Unrecognized request argument supplied: chat_template_kwargs"),
      codes: ["request.extra-body,note"],
    },
    {
      name: "a model of DashScope that must think",
      on: split,
      off: refused("The value of the enable_thinking parameter is restricted to True."),
      codes: ["thinking.cannot-disable,note"],
    },
    {
      name: "a server that is busy by now",
      on: refused("queue is full", 503),
      off: plain,
      codes: ["server.overloaded,warning"],
    },
  ];
  for (const { name, on, off, learned, codes } of cases) {
    it(`finds ${codes.join(" and ") || "nothing wrong"} with ${name}`, async () => {
      const climbed = await climbChat(thinking, inTurn(on, off), learned === undefined ? {} : { learned });
      assert.deepEqual(climbed.codes.map(String), codes);
      assert.equal(climbed.sent.length, 2);
    });
  }

  it("warns where the server is known and its own switch has no effect", () => {
    const said = { answer: "42", reasoning: "17 plus 25", calls: [], finishReason: "stop" };
    const outcome = { kind: "reply" as const, reply: split };
    const reply = { url: "http://localhost:8000/v1/chat/completions", body: "{}", outcome, said };
    const used = { on: {}, off: { enable_thinking: false }, source: "profile" as const };
    const subject = { endpoint: anEndpoint() } as Parameters<typeof thinking.judge>[1];
    const { findings } = thinking.judge({ used, on: reply, off: reply }, subject, model("Qwen3-8B"));
    assert.deepEqual(
      findings.map(({ code, severity }) => [code, severity]),
      [["thinking.cannot-disable", "warning"]],
    );
  });

  for (const { id, thinking: known } of profiles.filter((profile) => profile.thinking !== undefined)) {
    it(`uses the switch of ${id}`, async () => {
      const { sent } = await climbChat(thinking, inTurn(split, plain), { learned: server(id) });
      for (const [field, value] of Object.entries(known?.off ?? {})) {
        assert.deepEqual(sent[1]?.[field], value);
      }
    });
  }

  it("streams on DashScope, which takes thinking in streams alone", async () => {
    const answer = (): Answer => ({ pieces: [delta({ content: "42" }), delta({}, "stop"), done] });
    const { sent, codes } = await climbChat(thinking, answer, { learned: server("dashscope") });
    assert.ok(sent.every(({ stream }) => stream === true));
    assert.deepEqual(codes, []);
  });

  for (const tag of ["<think>", "\\u003cthink\\u003e"]) {
    it(`sees ${tag} in a stream`, async () => {
      const text = delta({ content: "TAG17 plus</think>42" }).replace("TAG", tag);
      const learned: Learned = { chatHabits: { ...plainHabits, delivery: "stream" } };
      const on = { pieces: [text, delta({}, "stop"), done] };
      const off = { pieces: [delta({ content: "42" }), delta({}, "stop"), done] };
      const { codes } = await climbChat(thinking, inTurn(on, off), { learned });
      assert.deepEqual(codes, [["thinking.unsplit", "warning"]]);
    });
  }

  it("hands on the switch that worked", async () => {
    const { learned } = await climbChat(thinking, inTurn(split, plain));
    assert.deepEqual(learned?.chatHabits?.thinkingOff, { chat_template_kwargs: { enable_thinking: false } });
  });

  it("hands on no switch that did not work", async () => {
    assert.equal((await climbChat(thinking, inTurn(split, split))).learned, undefined);
  });

  const climbedFor: readonly {
    readonly name: string;
    readonly learned: Learned;
    readonly requests: number;
  }[] = [
    { name: "QwQ", learned: model("QwQ-32B"), requests: 2 },
    { name: "DeepSeek-R1", learned: model("deepseek-r1:8b"), requests: 2 },
    { name: "another model", learned: model("llama-3"), requests: 0 },
    {
      name: "another model that was seen thinking",
      learned: { ...model("glm-5"), chatHabits: { ...plainHabits, reasoning: "seen" } },
      requests: 2,
    },
  ];
  for (const { name, learned, requests } of climbedFor) {
    it(`sends ${requests} requests for ${name}`, async () => {
      const { sent, status } = await climbChat(thinking, inTurn(split, plain), { learned });
      assert.equal(sent.length, requests);
      assert.equal(status, requests === 0 ? "skipped" : undefined);
    });
  }

  it("is skipped for the generate protocol", async () => {
    const subject = { endpoint: anEndpoint({ protocol: "generate" }) };
    const { status, sent, evidence } = await climbChat(thinking, () => aReply({}), { subject });
    assert.deepEqual([status, sent, evidence], ["skipped", [], ["protocol: generate"]]);
  });
});
