/** A hosted Qwen3 that refuses: DashScope, known from recorded replies alone (facts: servers.md 0.2, 0.12 and 7). */
import assert from "node:assert/strict";

import { describeFinding } from "../../../../src/core/diagnosis/findingTexts.ts";
import { diagnose } from "../../../../src/core/diagnosis/ladder.ts";
import type { Report } from "../../../../src/core/diagnosis/report.ts";
import { steps } from "../../../../src/core/diagnosis/steps/index.ts";
import type { Http, HttpReply } from "../../../../src/core/ports.ts";
import {
  aBody,
  anEndpoint,
  aReply,
  aSubject,
  fakeClock,
  fakeHttp,
  fakeSockets,
  models,
  someCredentials,
} from "../../../support/builders.ts";

const host = "dashscope.aliyuncs.com";
const baseUrl = `https://${host}/compatible-mode/v1`;
const key = { kind: "key", value: "sk-0123456789abcdef" } as const;

const wrongKey = aReply(
  {
    error: {
      message:
        "Incorrect API key provided. For details, see: https://help.aliyun.com/zh/model-studio/error-code#apikey-error",
      type: "invalid_request_error",
      param: null,
      code: "invalid_api_key",
    },
    request_id: "x",
  },
  { status: 401 },
);

async function climb(list: HttpReply, chat: HttpReply): Promise<Report> {
  const whole = fakeHttp({ [`GET ${baseUrl}/models`]: list, [`POST ${baseUrl}/chat/completions`]: chat });
  const { status, headers, body } = chat;
  const http: Http = {
    send: (request, signal) => whole.send(request, signal),
    // The same refusal where the chat is streamed.
    open: () => Promise.resolve({ kind: "reply", reply: { status, headers, body: aBody([body]) } }),
  };
  const sockets = fakeSockets({ hosts: { [host]: ["10.0.0.1"] }, ports: { "10.0.0.1 443": "connected" } });
  const subject = aSubject({
    endpoint: anEndpoint({ baseUrl, models: { chat: "qwen-plus" }, key: { from: "secret" } }),
    credentials: someCredentials({ key }),
  });
  let last: Report | undefined;
  const ports = { http, sockets, clock: fakeClock() };
  for await (const report of diagnose(steps, subject, ports, new AbortController().signal)) last = report;
  assert.ok(last !== undefined);
  return last;
}

describe("a hosted Qwen3 on DashScope", () => {
  it("with a key it does not take: a wrong one or one of another region, which the reply does not tell apart", async () => {
    const report = await climb(wrongKey, wrongKey);
    const [finding] = report.findings;
    assert.equal(finding?.code, "auth.wrong-region");
    assert.match(describeFinding(finding.code).explanation, /wrong|typo|region/i);
    const kinds = finding.fixes.map((fix) => (fix.kind === "try-region" ? fix.baseUrl : fix.kind));
    assert.ok(kinds.includes("set-key"), kinds.join(" "));
    assert.ok(kinds.includes("https://dashscope-intl.aliyuncs.com/compatible-mode/v1"), kinds.join(" "));
    assert.ok(report.rungs.flatMap(({ exchanges }) => exchanges).every(({ url }) => url.includes(host)));
  });

  const refusals = [
    {
      name: "with too many requests a minute",
      reply: aReply(
        {
          error: {
            message: "You exceeded your current requests list.",
            type: "limit_requests",
            code: "limit_requests",
          },
        },
        { status: 429 },
      ),
      code: "limit.rate",
    },
    {
      name: "with too many tokens a minute, which it calls insufficient_quota",
      reply: aReply(
        {
          error: {
            message: "You exceeded your current quota, please check your plan and billing details.",
            type: "insufficient_quota",
            code: "insufficient_quota",
          },
        },
        { status: 429 },
      ),
      code: "limit.tokens",
    },
    {
      name: "that fails inside",
      reply: aReply(
        {
          error: {
            message: "An internal error has occured, please try again later.",
            code: "internal_error",
          },
        },
        { status: 500 },
      ),
      code: "http.server-error",
    },
    {
      name: "behind a gateway that gives up",
      reply: aReply("", { status: 504, headers: {} }),
      code: "http.gateway",
    },
  ] as const;
  for (const { name, reply, code } of refusals) {
    it(`${name}: ${code}, on the rung of the chat, and testing again is a click`, async () => {
      const report = await climb(aReply(models("qwen-plus")), reply);
      const [finding] = report.findings;
      assert.equal(finding?.code, code);
      assert.equal(report.rungs.find(({ status }) => status === "failed")?.id, "chat");
      assert.ok(finding.fixes.some(({ kind }) => kind === "test-again"));
    });
  }
});
