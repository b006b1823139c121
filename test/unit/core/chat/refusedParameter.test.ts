import assert from "node:assert/strict";
import fc from "fast-check";

import { withParameterFixes } from "../../../../src/core/chat/refusedParameter.ts";
import type { Finding, Fix } from "../../../../src/core/diagnosis/finding.ts";
import { judgeReply } from "../../../../src/core/diagnosis/judgeReply.ts";
import { hosted } from "../../../fixtures/refusals/hosted.ts";
import { nested, type Refused } from "../../../fixtures/refusals/refused.ts";
import { others, vllm } from "../../../fixtures/refusals/selfHosted.ts";
import { aFinding, asked } from "../../../support/builders.ts";

function judge({ status = 400, body, sent }: Refused): Finding | undefined {
  const text = JSON.stringify(body);
  const reply = {
    status,
    headers: { "content-type": "application/json" },
    body: text,
    bytes: text.length,
    timings: {},
  };
  const findings = judgeReply(reply, asked({ method: "POST", task: "chat" }));
  return withParameterFixes(findings, text, sent)[0];
}

function parameterFixes(finding: Finding | undefined): readonly Fix[] {
  return (finding?.fixes ?? []).filter(({ kind }) => kind === "drop-parameter" || kind === "set-parameter");
}

describe("a refusal of a parameter", () => {
  for (const [what, refused] of Object.entries({ ...vllm, ...others, ...hosted })) {
    it(`names it and its limit: ${what}`, () => {
      const { name, limit, code = "request.invalid" } = refused;
      const finding = judge(refused);
      assert.equal(finding?.code, code);
      assert.deepEqual(parameterFixes(finding), [
        ...(limit === undefined ? [] : [{ kind: "set-parameter", name, value: limit }]),
        ...(name === undefined ? [] : [{ kind: "drop-parameter", name }]),
      ]);
      const evidence = finding.evidence.at(-1) ?? "";
      assert.equal(evidence.startsWith(`"${name ?? ""}": `), name !== undefined);
    });
  }

  it("keeps what the finding said before: its evidence first, its own fixes last", () => {
    const before: Finding = {
      ...aFinding("request.invalid"),
      evidence: ["HTTP 400"],
      fixes: [{ kind: "test-again" }],
    };
    const body = JSON.stringify(nested("temperature must be in [0, 2], got 3.0."));
    const [finding] = withParameterFixes([before], body, { temperature: 3 });
    assert.deepEqual(finding?.evidence, ["HTTP 400", '"temperature": 3']);
    assert.deepEqual(finding.fixes.at(-1), { kind: "test-again" });
  });

  it("shows the start of a long value", () => {
    const body = JSON.stringify(nested("stop must be shorter", { param: "stop" }));
    const sent = { stop: ["x".repeat(5_000)] };
    const [finding] = withParameterFixes([aFinding("request.invalid")], body, sent);
    assert.equal(finding?.evidence.at(-1)?.length, 300);
  });

  const inParamAlone = [
    nested("Out of range.", { param: "seed" }),
    nested("Out of range.", { param: "body.seed" }),
    { message: "Out of range.", param: "parameters.seed" },
  ];
  for (const body of inParamAlone) {
    it(`is found where the field for it alone names it: ${JSON.stringify(body)}`, () => {
      const sent = { temperature: 1, seed: -1 };
      const [finding] = withParameterFixes([aFinding("request.invalid")], JSON.stringify(body), sent);
      assert.deepEqual(parameterFixes(finding), [{ kind: "drop-parameter", name: "seed" }]);
    });
  }

  it("is the one that is named first, whatever the order they were sent in", () => {
    const body = JSON.stringify(nested("top_k must be positive when top_p is set"));
    const [finding] = withParameterFixes([aFinding("request.invalid")], body, { top_p: 1, top_k: -2 });
    assert.deepEqual(parameterFixes(finding).at(-1), { kind: "drop-parameter", name: "top_k" });
  });

  for (const holder of ["chat_template_kwargs", "reasoning", "thinking", "parameters"]) {
    it(`is found inside ${holder}`, () => {
      const body = JSON.stringify(nested("Unsupported parameter: 'budget_tokens'"));
      const sent = { [holder]: { budget_tokens: 5 } };
      const [finding] = withParameterFixes([aFinding("request.invalid")], body, sent);
      assert.deepEqual(parameterFixes(finding), [
        { kind: "drop-parameter", name: `${holder}.budget_tokens` },
      ]);
    });
  }

  it("is not looked for inside of what holds no switches", () => {
    const body = JSON.stringify(nested("Unsupported parameter: 'json_schema'"));
    const sent = { response_format: { json_schema: {} } };
    assert.deepEqual(parameterFixes(withParameterFixes([aFinding("request.invalid")], body, sent)[0]), []);
  });

  it("is never the literal extra_body, which has a fix of its own", () => {
    const body = JSON.stringify(nested("Unrecognized request argument supplied: extra_body"));
    const sent = { extra_body: { top_k: 1 } };
    assert.deepEqual(parameterFixes(withParameterFixes([aFinding("request.extra-body")], body, sent)[0]), []);
  });

  it("is none where the field was not sent, or another thing is wrong", () => {
    const body = JSON.stringify(nested("temperature must be in [0, 2], got 3.0."));
    assert.deepEqual(withParameterFixes([aFinding("request.invalid")], body, {}), [
      aFinding("request.invalid"),
    ]);
    const rejected = [aFinding("auth.rejected")];
    assert.deepEqual(withParameterFixes(rejected, body, { temperature: 3 }), rejected);
  });

  it("is not seen in ordinary words", () => {
    const sent = { stop: ["a"], user: "u", n: 1, seed: 1, stream: false };
    for (const text of [
      "Please stop and check the request of the user.",
      "A stream of n tokens was refused.",
    ]) {
      assert.deepEqual(parameterFixes(withParameterFixes([aFinding("request.invalid")], text, sent)[0]), []);
    }
  });

  it("never throws, whatever is said and whatever was sent", () => {
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), (body, sent) => {
        const [finding] = withParameterFixes([aFinding("request.invalid")], body, sent);
        assert.equal(finding?.code, "request.invalid");
      }),
    );
  });
});
