import assert from "node:assert/strict";

import { continuation } from "../../../../src/core/chat/continuation.ts";
import { type ServerId, serverIds } from "../../../../src/core/servers/serverId.ts";

const asked = [
  { role: "system", content: "s" },
  { role: "user", content: "Count." },
];
const answer = "one, two, ";
const said = { role: "assistant", content: answer };
const noTemplateThinking = { chat_template_kwargs: { enable_thinking: false } };

/** Sources: src/core/chat/continuation.ts. */
const ways: Readonly<Partial<Record<ServerId, readonly [last: object, extra: object]>>> = {
  vllm: [said, { continue_final_message: true, add_generation_prompt: false, ...noTemplateThinking }],
  sglang: [said, { continue_final_message: true, ...noTemplateThinking }],
  dashscope: [{ ...said, partial: true }, { enable_thinking: false }],
  "llama.cpp": [said, {}],
  ollama: [said, {}],
  lmdeploy: [said, {}],
  tgi: [said, {}],
};

describe("going on after a stop for length", () => {
  for (const [server, [last, extra]] of Object.entries(ways)) {
    it(`has the way of ${server}`, () => {
      assert.deepEqual(continuation(asked, answer, server as ServerId), {
        messages: [...asked, last],
        extra,
      });
    });
  }

  for (const server of [undefined, ...serverIds.filter((id) => !(id in ways))]) {
    it(`is asked for in words on ${server ?? "a server not known"}`, () => {
      const { messages, extra } = continuation(asked, answer, server);
      assert.deepEqual(messages.slice(0, -1), [...asked, said]);
      assert.equal(messages.at(-1)?.role, "user");
      assert.match(String(messages.at(-1)?.content), /exactly where/);
      assert.deepEqual(extra, {});
    });
  }

  it("asks again where nothing was answered yet", () => {
    for (const server of serverIds) {
      assert.deepEqual(continuation(asked, " \n", server), { messages: asked, extra: {} });
    }
  });
});
