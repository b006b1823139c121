import assert from "node:assert/strict";
import type { ChatDraft } from "../../../../src/core/chat/chatDraft.ts";
import { emptyTranscript, type Transcript } from "../../../../src/core/chat/transcript.ts";
import type { ChatAsked } from "../../../../src/ui/runs/chatCourse.ts";
import { draftOfChat } from "../../../../src/ui/runs/draftOfChat.ts";
import { anEndpoint } from "../../../support/builders.ts";

const asked: ChatAsked = {
  endpoint: anEndpoint({ models: { chat: "own" } }),
  model: undefined,
  messages: [
    { role: "system", content: "Be brief." },
    { role: "user", content: "Hi" },
  ],
  extra: { temperature: 0.5, chat_template_kwargs: { enable_thinking: false } },
  askedBy: "program",
};
const state = (changes: Partial<Transcript> = {}, model = "own") => ({
  model,
  transcript: { ...emptyTranscript, answer: "Hello.", reasoning: "Thought.", ...changes },
});

describe("the draft of a chat", () => {
  it("is built of a request that nobody composed, its fields as parameters where the server has them", () => {
    assert.deepEqual(draftOfChat(asked, state(), "without", "sglang"), {
      endpointId: "local",
      model: "",
      system: "Be brief.",
      messages: [{ role: "user", text: "Hi", images: [] }],
      parameters: { temperature: 0.5 },
      extra: JSON.stringify({ chat_template_kwargs: { enable_thinking: false } }, null, 2),
    });
  });

  it("is what a person composed, the answer after it, without its reasoning", () => {
    const image = { id: "i", name: "a.png", mime: "image/png", bytes: 3 };
    const draft: ChatDraft = {
      endpointId: "local",
      model: "typed",
      system: "",
      messages: [{ role: "user", text: "Look", images: [image] }],
      parameters: { seed: 1 },
      extra: '{ // mine\n "a": 1 }',
    };
    assert.deepEqual(draftOfChat({ ...asked, draft }, state(), "with", undefined), {
      ...draft,
      messages: [...draft.messages, { role: "assistant", text: "Hello.", images: [] }],
    });
  });

  it("goes on with the model that was found out", () => {
    assert.equal(draftOfChat(asked, state({}, "picked"), "with", undefined).model, "picked");
    assert.equal(draftOfChat(asked, state({}, "own"), "with", undefined).model, "");
  });

  it("takes tool calls along", () => {
    const toolCalls = [{ id: "c1", name: "now", argumentsText: "{}" }];
    const { messages } = draftOfChat(asked, state({ answer: "", toolCalls }), "with", undefined);
    const call = { id: "c1", type: "function", function: { name: "now", arguments: "{}" } };
    assert.deepEqual(messages.at(-1), {
      role: "assistant",
      text: "",
      images: [],
      rest: { tool_calls: [call] },
    });
  });

  it("joins an answer to the part of it that was there before", () => {
    const messages = [...asked.messages, { role: "assistant", content: "It is bl" }];
    const draft = draftOfChat({ ...asked, messages }, state({ answer: "ue." }), "with", undefined);
    assert.deepEqual(
      draft.messages.map(({ text }) => text),
      ["Hi", "It is blue."],
    );
  });

  it("keeps what the part before carried, and takes along what came with the rest", () => {
    const before = { role: "assistant", content: "It is bl", name: "bot" };
    const asks = { ...asked, messages: [...asked.messages, before] };
    const toolCalls = [{ id: "c1", name: "now", argumentsText: "{}" }];
    assert.deepEqual(draftOfChat(asks, state({ answer: "ue." }), "with", undefined).messages.at(-1), {
      role: "assistant",
      text: "It is blue.",
      images: [],
      rest: { name: "bot" },
    });
    const joined = draftOfChat(asks, state({ answer: "ue.", toolCalls }), "with", undefined).messages.at(-1);
    assert.equal(joined?.text, "It is blue.");
    assert.match(JSON.stringify(joined.rest), /"tool_calls"/);
  });

  it("ends with the question where no answer came", () => {
    const { messages } = draftOfChat(asked, state({ answer: "" }), "with", undefined);
    assert.equal(messages.length, 1);
  });
});
