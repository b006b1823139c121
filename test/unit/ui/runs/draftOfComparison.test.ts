import assert from "node:assert/strict";
import type { ChatDraft } from "../../../../src/core/chat/chatDraft.ts";
import { emptyTranscript } from "../../../../src/core/chat/transcript.ts";
import type { ChatAsked } from "../../../../src/ui/runs/chatCourse.ts";
import { draftOfComparison } from "../../../../src/ui/runs/draftOfComparison.ts";
import { anEndpoint } from "../../../support/builders.ts";

const question = [{ role: "user", content: "Hi" }] as const;
const column = (
  id: string,
  model: string | undefined,
  used: string,
  rest: Partial<ChatAsked> = {},
): Parameters<typeof draftOfComparison>[0][number] => ({
  asked: {
    endpoint: anEndpoint({ id, models: { chat: "own" } }),
    model,
    messages: question,
    extra: { temperature: 0.5 },
    askedBy: "command",
    ...rest,
  },
  state: { model: used, transcript: { ...emptyTranscript, answer: "Hello." } },
});

describe("the draft of a comparison", () => {
  it("is what all were asked, without an answer, and whom else to ask", () => {
    const draft = draftOfComparison(
      [column("a", undefined, "own"), column("b", "big", "big"), column("a", undefined, "found-out")],
      "sglang",
    );
    assert.deepEqual(draft, {
      endpointId: "a",
      model: "",
      system: "",
      messages: [{ role: "user", text: "Hi", images: [] }],
      parameters: { temperature: 0.5 },
      extra: "",
      comparedWith: [
        { endpointId: "b", model: "big" },
        { endpointId: "a", model: "found-out" },
      ],
    });
  });

  it("is what a person composed, with those it went to", () => {
    const composed: ChatDraft = {
      endpointId: "a",
      model: "typed",
      system: "",
      messages: [{ role: "user", text: "Hi", images: [] }],
      parameters: { seed: 1 },
      extra: '{ // mine\n "a": 1 }',
    };
    const rest = { draft: composed };
    const both = [column("a", "typed", "typed", rest), column("b", undefined, "own", rest)] as const;
    assert.deepEqual(draftOfComparison(both, undefined), {
      ...composed,
      comparedWith: [{ endpointId: "b", model: "" }],
    });
  });
});
