import assert from "node:assert/strict";

import { plainHabits } from "../../../../../src/core/diagnosis/chatHabits.ts";
import { structured } from "../../../../../src/core/diagnosis/steps/structured.ts";
import { anEndpoint, aFault, aReply } from "../../../../support/builders.ts";
import { aMessage, type Answer, climbChat, refused } from "../../../../support/chatWorld.ts";

describe("the structured rung", () => {
  const cases: readonly {
    readonly name: string;
    readonly answer: Answer;
    readonly codes: readonly string[];
  }[] = [
    { name: "an object", answer: aMessage({ content: '{"city": "Paris"}\n' }), codes: [] },
    { name: "plain text", answer: aMessage({ content: "Paris" }), codes: ["request.invalid,warning"] },
    {
      name: "a fence around it",
      answer: aMessage({ content: '```json\n{"city": "Paris"}\n```' }),
      codes: ["request.invalid,warning"],
    },
    {
      name: "thoughts before it",
      answer: aMessage({ content: '<think>hm</think>{"city": "Paris"}' }),
      codes: ["request.invalid,warning"],
    },
    { name: "no object", answer: aMessage({ content: '"Paris"' }), codes: ["request.invalid,warning"] },
    {
      name: "an answer that max_tokens cut",
      answer: aMessage({ content: '{"city": ' }, "length"),
      codes: [],
    },
    {
      name: "a refusal",
      answer: refused("response_format is not supported"),
      codes: ["request.invalid,note"],
    },
    {
      name: "a refusal as 422",
      answer: refused("response_format: extra inputs are not permitted", 422),
      codes: ["request.extra-body,note"],
    },
    {
      name: "a failure of the grammar",
      answer: refused("xgrammar crashed", 500),
      codes: ["http.server-error,warning"],
    },
    {
      name: "a broken connection",
      answer: { kind: "fault", fault: aFault("ECONNRESET") },
      codes: ["connect.reset,warning"],
    },
  ];
  for (const { name, answer, codes } of cases) {
    it(`finds ${codes.join(" and ") || "nothing wrong"} with ${name}`, async () => {
      const climbed = await climbChat(structured, () => answer);
      assert.deepEqual(climbed.codes.map(String), codes);
      assert.deepEqual(
        climbed.sent.map((sent) => sent["response_format"]),
        [{ type: "json_object" }],
      );
    });
  }

  it("turns thinking off where that is known to work", async () => {
    const learned = { chatHabits: { ...plainHabits, thinkingOff: { reasoning_effort: "none" } } };
    const { sent } = await climbChat(structured, () => aMessage({ content: "{}" }), { learned });
    assert.equal(sent[0]?.["reasoning_effort"], "none");
  });

  it("is skipped for the generate protocol", async () => {
    const subject = { endpoint: anEndpoint({ protocol: "generate" }) };
    const { status, sent, evidence } = await climbChat(structured, () => aReply({}), { subject });
    assert.deepEqual([status, sent, evidence], ["skipped", [], ["protocol: generate"]]);
  });
});
