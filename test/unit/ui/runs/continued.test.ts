import assert from "node:assert/strict";
import { emptyTranscript } from "../../../../src/core/chat/transcript.ts";
import type { ChatAsked } from "../../../../src/ui/runs/chatCourse.ts";
import { continued } from "../../../../src/ui/runs/continued.ts";
import { draftOfChat } from "../../../../src/ui/runs/draftOfChat.ts";
import { anEndpoint } from "../../../support/builders.ts";

const asked: ChatAsked = {
  endpoint: anEndpoint(),
  model: undefined,
  messages: [{ role: "user", content: "Count." }],
  extra: { chat_template_kwargs: { other: 1 }, max_tokens: 3 },
  askedBy: "command",
};
const state = (answer: string) => ({ model: "m", transcript: { ...emptyTranscript, answer } });

describe("a chat that is continued", () => {
  const once = continued(asked, state("1 2"), "sglang");
  const twice = continued(once, state(" 3 4"), "sglang");

  it("brings the answer so far along, and what makes this server go on from it", () => {
    assert.deepEqual(once.messages, [...asked.messages, { role: "assistant", content: "1 2" }]);
    assert.equal(once.extra["continue_final_message"], true);
    assert.equal(once.model, "m");
  });

  it("keeps what else stood in a field that it sets", () => {
    assert.deepEqual(once.extra, {
      chat_template_kwargs: { other: 1, enable_thinking: false },
      max_tokens: 3,
      continue_final_message: true,
    });
  });

  it("has one answer however often it is continued", () => {
    assert.deepEqual(twice.messages, [...asked.messages, { role: "assistant", content: "1 2 3 4" }]);
  });

  it("is replied to with the whole answer and without the fields that continued it", () => {
    const draft = draftOfChat(twice, state(" 5"), "with", "sglang");
    assert.deepEqual(
      draft.messages.map(({ text }) => text),
      ["Count.", "1 2 3 4 5"],
    );
    assert.doesNotMatch(JSON.stringify(draft), /continue_final_message/);
  });
});
