import assert from "node:assert/strict";

import { judgeExtraBody, mergeExtraBody, withMergeFix } from "../../../../src/core/chat/extraBody.ts";
import { runChat } from "../../../../src/core/chat/runChat.ts";
import { emptyTranscript, foldEvent } from "../../../../src/core/chat/transcript.ts";
import type { ModelGateway } from "../../../../src/core/ports.ts";
import { aBody, aFinding, anEndpoint, someCredentials } from "../../../support/builders.ts";

const literal = { temperature: 0, extra_body: { chat_template_kwargs: { enable_thinking: false } } };

describe("a literal extra_body", () => {
  it("is merged into the top level, as the Python SDK would have sent it", () => {
    assert.deepEqual(mergeExtraBody(literal), {
      temperature: 0,
      chat_template_kwargs: { enable_thinking: false },
    });
  });

  for (const content of [undefined, null, "x", 1, [], [{ b: 1 }]]) {
    it(`is left out when it is ${JSON.stringify(content)}`, () => {
      assert.deepEqual(mergeExtraBody({ a: 1, extra_body: content }), { a: 1 });
    });
  }

  it("is a warning with the fix though the server answers, and nothing without it", () => {
    const finding = judgeExtraBody(literal);
    assert.deepEqual([finding?.code, finding?.severity], ["request.extra-body", "warning"]);
    assert.deepEqual(finding?.fixes, [{ kind: "merge-extra-body" }]);
    assert.equal(judgeExtraBody({ temperature: 0 }), undefined);
  });

  it("is shown as it was sent, its start where it is long", () => {
    assert.deepEqual(judgeExtraBody({ extra_body: { a: 1 } })?.evidence, ['"extra_body": {"a":1}']);
    assert.equal(judgeExtraBody({ extra_body: "x".repeat(1_000) })?.evidence[0]?.length, 300);
  });

  it("gives its fix to a refusal of it alone, before those that are there", () => {
    const again = { kind: "test-again" } as const;
    const [named, other] = (["request.extra-body", "auth.rejected"] as const).map((code) => ({
      ...aFinding(code),
      fixes: [again],
    }));
    assert.ok(named !== undefined && other !== undefined);
    assert.deepEqual(withMergeFix([named, other], literal), [
      { ...named, fixes: [{ kind: "merge-extra-body" }, again] },
      other,
    ]);
    assert.deepEqual(withMergeFix([named], { temperature: 0 }), [named]);
  });

  const answers = {
    "vLLM, which ignores it": [
      200,
      'data: {"choices":[{"delta":{"content":"hi"}}]}\n\ndata: [DONE]\n\n',
      "warning",
    ],
    "OpenAI, which refuses it": [
      400,
      '{"error":{"message":"Unrecognized request argument supplied: extra_body","type":"invalid_request_error","param":null,"code":null}}',
      "blocker",
    ],
  } as const;
  for (const [server, [status, body, severity]] of Object.entries(answers)) {
    it(`is named once in a chat with ${server}, with the fix first`, async () => {
      const headers = { "content-type": status === 200 ? "text/event-stream" : "application/json" };
      const gateway: ModelGateway = {
        open: () => Promise.resolve({ kind: "reply", reply: { status, headers, body: aBody([body]) } }),
      };
      let transcript = emptyTranscript;
      const request = {
        endpoint: anEndpoint(),
        model: "m",
        messages: [{ role: "user", content: "hi" }],
        extra: literal,
      };
      for await (const event of runChat(request, someCredentials(), gateway, new AbortController().signal)) {
        transcript = foldEvent(transcript, event, 0);
      }
      const [finding, ...others] = transcript.findings;
      assert.deepEqual(others, []);
      assert.deepEqual([finding?.code, finding?.severity], ["request.extra-body", severity]);
      assert.deepEqual(finding?.fixes[0], { kind: "merge-extra-body" });
    });
  }
});
