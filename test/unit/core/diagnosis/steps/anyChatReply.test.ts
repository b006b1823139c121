import assert from "node:assert/strict";
import fc from "fast-check";

import { plainHabits } from "../../../../../src/core/diagnosis/chatHabits.ts";
import type { Step } from "../../../../../src/core/diagnosis/step.ts";
import { chat } from "../../../../../src/core/diagnosis/steps/chat.ts";
import { stream } from "../../../../../src/core/diagnosis/steps/stream.ts";
import { structured } from "../../../../../src/core/diagnosis/steps/structured.ts";
import { thinking } from "../../../../../src/core/diagnosis/steps/thinking.ts";
import { tools } from "../../../../../src/core/diagnosis/steps/tools.ts";
import { aReply } from "../../../../support/builders.ts";
import { type Answer, climbChat } from "../../../../support/chatWorld.ts";

/** Bodies near to what servers send, and any others. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.json(),
  fc
    .record(
      {
        content: fc.oneof(
          fc.string(),
          fc.constant(null),
          fc.constantFrom("<think>", "</think>", "<tool_call>"),
        ),
        reasoning: fc.string(),
        reasoning_content: fc.oneof(fc.string(), fc.integer()),
        tool_calls: fc.oneof(
          fc.json(),
          fc.array(fc.record({ function: fc.record({ arguments: fc.json() }) })),
        ),
      },
      { requiredKeys: [] },
    )
    .map((message) => JSON.stringify({ choices: [{ message, delta: message, finish_reason: "stop" }] })),
);

const answers: fc.Arbitrary<Answer> = fc.oneof(
  fc
    .tuple(text, fc.constantFrom(200, 200, 400, 422, 429, 500))
    .map(([body, status]) => aReply(body, { status })),
  fc.array(text.map((body) => `data: ${body}\n\n`)).map((pieces) => ({ pieces })),
);

describe("the chat rungs, whatever comes", () => {
  const rungs = { chat, stream, thinking, tools, structured } as Readonly<Record<string, Step<unknown>>>;
  for (const [name, rung] of Object.entries(rungs)) {
    for (const delivery of ["whole", "stream"] as const) {
      it(`${name}, asked for a ${delivery} reply, gives a judgement with evidence`, () =>
        fc.assert(
          fc.asyncProperty(fc.array(answers, { minLength: 1, maxLength: 4 }), async (replies) => {
            let asked = 0;
            const learned = { chatHabits: { ...plainHabits, delivery } };
            const judged = await climbChat(rung, () => replies[asked++ % replies.length]!, { learned });
            assert.ok(judged.evidence.length > 0);
            assert.ok(judged.sent.length <= 4);
          }),
          { numRuns: 60 },
        ));
    }
  }
});
