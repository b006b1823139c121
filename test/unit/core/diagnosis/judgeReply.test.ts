import assert from "node:assert/strict";

import { readChatStream } from "../../../../src/core/chat/readChatStream.ts";
import type { StreamEvent } from "../../../../src/core/chat/streamEvent.ts";
import type { FindingCode } from "../../../../src/core/diagnosis/finding.ts";
import { judgeOutcome, judgeReply } from "../../../../src/core/diagnosis/judgeReply.ts";
import { aBody, aFault, aReply, asked, aStreamReply } from "../../../support/builders.ts";
import { recordedReplies, type RecordedReply } from "../../../support/recordedReplies.ts";

/** By recorded case: what a person should read, chosen from the case and shared/facts/servers.md. */
const expectedCodes: Readonly<Record<string, FindingCode>> = {
  "azure-openai: unknown-deployment": "model.unknown",
  "azure-openai: wrong-key": "auth.rejected",
  "dashscope-compat: arrearage": "limit.billing",
  "dashscope-compat: coding-plan-key-mismatch": "auth.wrong-plan",
  "dashscope-compat: content-filter": "request.invalid",
  "dashscope-compat: context-length-exceeded": "request.context-length",
  "dashscope-compat: embedding-token-array": "request.token-input",
  "dashscope-compat: free-tier-exhausted": "limit.billing",
  "dashscope-compat: invalid-json": "request.invalid",
  "dashscope-compat: max_tokens-too-large": "request.max-tokens",
  "dashscope-compat: missing-key": "auth.missing",
  "dashscope-compat: model-access-denied": "model.access",
  "dashscope-compat: model-not-found": "model.unknown",
  "dashscope-compat: model-not-supported-in-compat": "model.unknown",
  "dashscope-compat: rate-limit-burst": "limit.rate",
  "dashscope-compat: rate-limit-tpm": "limit.tokens",
  "dashscope-compat: region-mismatch": "auth.wrong-region",
  "dashscope-compat: stream-only-model": "request.thinking-needs-stream",
  "dashscope-compat: thinking-cannot-disable": "thinking.cannot-disable",
  "dashscope-compat: thinking-nonstream": "request.thinking-needs-stream",
  "dashscope-compat: workspace-denied": "auth.forbidden",
  // The same body as for a key of another region: the two can not be told apart (servers.md 0.2).
  "dashscope-compat: wrong-key": "auth.wrong-region",
  "dashscope-native: messages-at-top-level": "request.invalid",
  "dashscope-native: missing-key": "auth.missing",
  "dashscope-native: model-endpoint-mismatch": "request.invalid",
  "dashscope-native: throttled-sse": "limit.tokens",
  "dashscope-native: wrong-key": "auth.wrong-region",
  "litellm: malformed-key": "auth.rejected",
  "litellm: mid-stream-error": "stream.error-event",
  "litellm: missing-key": "auth.missing",
  "litellm: unknown-model": "model.unknown",
  "llama.cpp: context-length-exceeded": "request.context-length",
  "llama.cpp: embeddings-empty": "request.invalid",
  "llama.cpp: embeddings-input-too-long": "request.context-length",
  "llama.cpp: embeddings-on-chat-server": "task.not-started-for",
  // Qwen3-Embedding wants the server started with `--pooling last` (servers.md 3g).
  "llama.cpp: embeddings-pooling-none": "task.not-started-for",
  "llama.cpp: enable_thinking-wrong-type": "request.invalid",
  "llama.cpp: loading": "server.loading",
  "llama.cpp: metrics-disabled": "task.not-started-for",
  "llama.cpp: mid-stream-error": "stream.error-event",
  "llama.cpp: missing-key": "auth.missing",
  "llama.cpp: missing-messages": "request.invalid",
  "llama.cpp: model-missing-router-mode": "request.invalid",
  "llama.cpp: slots-disabled": "task.not-started-for",
  "llama.cpp: tools-without-jinja": "request.tools-disabled",
  "llama.cpp: wrong-path": "address.doubled-v1",
  "lmdeploy: context-length-exceeded": "request.context-length",
  "lmdeploy: embeddings-unsupported": "task.unsupported",
  "lmdeploy: invalid-param-type": "request.max-tokens",
  "lmdeploy: missing-key": "auth.missing",
  "lmdeploy: missing-key-old": "auth.missing",
  "lmdeploy: unknown-model": "model.unknown",
  "lmdeploy: wrong-path": "address.missing-v1",
  "lmstudio: context-length-exceeded": "request.context-length",
  "lmstudio: model-not-loaded-old": "model.unknown",
  "lmstudio: no-model-loaded": "model.none-listed",
  "lmstudio: wrong-path": "address.missing-v1",
  "modelscope: unknown-model": "model.unknown",
  "modelscope: wrong-key": "auth.rejected",
  "ollama: bad-reasoning_effort": "request.invalid",
  "ollama: chat-on-embedding-model": "task.not-started-for",
  "ollama: embeddings-bad-encoding_format": "request.invalid",
  "ollama: embeddings-bad-input": "request.invalid",
  "ollama: empty-messages": "request.invalid",
  "ollama: invalid-param-type": "request.max-tokens",
  "ollama: method-not-allowed": "http.wrong-method",
  "ollama: queue-full": "server.overloaded",
  "ollama: thinking-unsupported": "request.invalid",
  "ollama: unknown-model-chat": "model.unknown",
  "ollama: unknown-model-embeddings": "model.unknown",
  "ollama: unknown-model-native": "model.unknown",
  "openai: insufficient-quota": "limit.quota",
  "openai: unknown-param-extra_body": "request.extra-body",
  "openai: wrong-path-doubled-v1": "address.doubled-v1",
  "openai: wrong-path-full-url-pasted": "address.full-path",
  "openrouter: insufficient-credits": "limit.billing",
  "openrouter: provider-error": "request.invalid",
  "openrouter: unknown-model": "model.unknown",
  "openrouter: upstream-error-in-200": "limit.rate",
  "sglang: admin-endpoint-without-admin-key": "auth.forbidden",
  // The text of http.server-error names this cause; the message itself does not.
  "sglang: chat-on-embedding-model": "http.server-error",
  "sglang: context-length-exceeded": "request.context-length",
  "sglang: embeddings-bad-encoding_format": "request.invalid",
  "sglang: embeddings-dimensions-not-in-list": "request.dimensions",
  "sglang: embeddings-dimensions-too-large": "request.dimensions",
  "sglang: embeddings-on-chat-model": "task.not-started-for",
  "sglang: empty-messages": "request.invalid",
  "sglang: health-starting": "server.unhealthy",
  "sglang: invalid-param-type": "request.max-tokens",
  "sglang: max_tokens-over-explicit-context-length": "request.max-tokens",
  "sglang: max_tokens-plus-input-too-large": "request.context-length",
  "sglang: mid-stream-error": "server.overloaded",
  "sglang: missing-key": "auth.missing",
  "sglang: missing-messages": "request.invalid",
  "sglang: model-retrieve-unknown": "model.unknown",
  "sglang: rerank-empty-query": "request.invalid",
  "sglang: rerank-on-chat-model": "task.not-started-for",
  "sglang: stream-validation-error-old": "request.context-length",
  "sglang: waiting-timeout": "server.overloaded",
  "sglang: weight-version-removed": "address.missing-v1",
  "sglang: wrong-content-type": "request.invalid",
  "sglang: wrong-key": "auth.rejected",
  "sglang: wrong-path-doubled-v1": "address.doubled-v1",
  "sglang: wrong-path-full-url-pasted": "address.full-path",
  "siliconflow: forbidden": "auth.forbidden",
  "siliconflow: insufficient-balance": "limit.billing",
  "siliconflow: model-disabled": "model.access",
  "siliconflow: unknown-model": "model.unknown",
  "siliconflow: wrong-key": "auth.rejected",
  "siliconflow: wrong-path": "address.missing-v1",
  "tei: batch-too-large": "request.batch-size",
  "tei: dimensions-too-large": "request.dimensions",
  "tei: embeddings-on-reranker": "task.not-started-for",
  "tei: empty-input": "request.invalid",
  "tei: health-unhealthy": "server.unhealthy",
  "tei: input-too-long": "request.context-length",
  "tei: missing-key": "auth.missing",
  "tei: overloaded": "server.overloaded",
  "tei: wrong-key": "auth.rejected",
  "tgi: generation-error": "http.server-error",
  "tgi: max_tokens-too-large": "request.max-tokens",
  "tgi: mid-stream-error": "stream.error-event",
  "tgi: overloaded": "server.overloaded",
  // One reply alone can not tell a missing task from a wrong path; the ladder can (steps/request.test.ts).
  "vllm: chat-on-embedding-model": "http.wrong-path",
  "vllm: context-length-exceeded": "request.context-length",
  "vllm: context-length-exceeded-2025": "request.context-length",
  "vllm: context-length-exceeded-chars": "request.context-length",
  "vllm: context-length-exceeded-v0.10.0": "request.context-length",
  "vllm: embeddings-dimensions-unsupported": "request.dimensions",
  "vllm: embeddings-dimensions-unsupported-old": "request.dimensions",
  "vllm: embeddings-on-chat-model": "http.wrong-path",
  "vllm: embeddings-on-chat-model-old": "task.not-started-for",
  "vllm: handler-missing-501": "task.not-started-for",
  "vllm: health-engine-dead": "server.unhealthy",
  "vllm: invalid-json": "request.invalid",
  "vllm: max_tokens-too-large": "request.max-tokens",
  "vllm: max_tokens-too-large-2025": "request.max-tokens",
  "vllm: method-not-allowed": "http.wrong-method",
  "vllm: missing-key": "auth.missing",
  "vllm: rerank-on-chat-or-embedding-model": "http.wrong-path",
  "vllm: root": "address.missing-v1",
  "vllm: tools-auto-without-flag": "request.tools-disabled",
  "vllm: trailing-slash": "http.redirect",
  "vllm: unknown-model": "model.unknown",
  "vllm: unknown-model-old-flat": "model.unknown",
  "vllm: wrong-key": "auth.rejected",
  "vllm: wrong-path": "address.missing-v1",
  "vllm: wrong-path-doubled-v1": "address.doubled-v1",
  "xinference: empty-messages": "request.invalid",
  "xinference: internal-error": "http.server-error",
  "xinference: mid-stream-error": "stream.error-event",
  "xinference: rate-limit": "limit.rate",
  "xinference: unknown-model": "model.unknown",
};

const isStream = ({ reply }: RecordedReply): boolean =>
  reply.headers["content-type"] === "text/event-stream";

/** Notes in brackets stand where the recorder left a body out; `expects …` is what Dify wants. */
const isPlaceholder = ({ reply }: RecordedReply): boolean => /^(\(|expects)/.test(reply.body);

async function codesIn({ reply, asked: question }: RecordedReply): Promise<readonly string[]> {
  if (reply.headers["content-type"] !== "text/event-stream") {
    return judgeReply(reply, question).map(({ code }) => code);
  }
  let last: StreamEvent | undefined;
  for await (const event of readChatStream(aStreamReply(aBody([reply.body])), question)) {
    last = event;
  }
  const outcome = last?.kind === "ended" ? last.outcome : undefined;
  return outcome?.kind === "failed" ? outcome.findings.map(({ code }) => code) : [];
}

describe("judgeReply on the recorded replies", () => {
  for (const recorded of recordedReplies) {
    const expected = expectedCodes[recorded.name];
    if (expected !== undefined) {
      it(`finds ${expected} in ${recorded.name}`, async () => {
        assert.deepEqual(await codesIn(recorded), [expected]);
      });
    }
  }

  it("has an expected code for every recorded error", () => {
    const errors = recordedReplies.filter(
      (recorded) => recorded.reply.status >= 400 || /"error"\s*:\s*[{"]/.test(recorded.reply.body),
    );
    assert.deepEqual(
      errors.filter(({ name }) => expectedCodes[name] === undefined).map(({ name }) => name),
      [],
    );
  });

  it("names no case that is not recorded", () => {
    const names = new Set(recordedReplies.map(({ name }) => name));
    assert.deepEqual(
      Object.keys(expectedCodes).filter((name) => !names.has(name)),
      [],
    );
  });

  for (const recorded of recordedReplies) {
    const { name, reply, asked: question } = recorded;
    const isGood = reply.status === 200 && reply.body !== "" && !isStream(recorded);
    if (isGood && !isPlaceholder(recorded) && expectedCodes[name] === undefined) {
      it(`finds nothing wrong in ${name}`, () => {
        assert.deepEqual(judgeReply(reply, question), []);
      });
    }
  }
});

describe("judgeReply", () => {
  const cases: readonly { name: string; reply: ReturnType<typeof aReply>; expected: FindingCode }[] = [
    {
      name: "an HTML page with 200",
      reply: aReply("<html><title>Sign in</title></html>", { headers: { "content-type": "text/html" } }),
      expected: "http.not-an-api",
    },
    {
      name: "an HTML page with 502",
      reply: aReply("<html>Bad gateway</html>", { status: 502 }),
      expected: "http.gateway",
    },
    {
      name: "plain text with 200",
      reply: aReply("Ollama is running", { headers: { "content-type": "text/plain" } }),
      expected: "http.not-an-api",
    },
    { name: "an empty body with 200", reply: aReply(""), expected: "http.malformed" },
    { name: "broken JSON with 200", reply: aReply('{"data":['), expected: "http.malformed" },
    {
      name: "an unknown path on LM Studio, under /v1",
      reply: aReply({ error: "Unexpected endpoint or method. (GET /v1/nope)" }),
      expected: "http.wrong-path",
    },
    {
      name: "an error in a 200 that says nothing known",
      reply: aReply({ error: { message: "odd" } }),
      expected: "http.error-in-200",
    },
    {
      name: "plain HTTP at nginx's TLS port",
      reply: aReply("<title>400 The plain HTTP request was sent to HTTPS port</title>", {
        status: 400,
        headers: { "content-type": "text/html" },
      }),
      expected: "tls.https-server",
    },
    {
      name: "plain HTTP at Go's TLS port",
      reply: aReply("Client sent an HTTP request to an HTTPS server.\n", { status: 400, headers: {} }),
      expected: "tls.https-server",
    },
    {
      name: "the empty 403 of Ollama for a foreign Host",
      reply: aReply("", { status: 403, headers: {} }),
      expected: "http.host-rejected",
    },
    {
      name: "an empty 403 of nginx",
      reply: aReply("", { status: 403, headers: { server: "nginx" } }),
      expected: "auth.forbidden",
    },
    { name: "a status nobody knows", reply: aReply("", { status: 418 }), expected: "http.not-an-api" },
  ];
  for (const { name, reply, expected } of cases) {
    it(`finds ${expected} in ${name}`, () => {
      assert.deepEqual(
        judgeReply(reply, asked()).map(({ code }) => code),
        [expected],
      );
    });
  }

  it("finds nothing wrong where `error` is null", () => {
    assert.deepEqual(judgeReply(aReply({ error: null, data: [] }), asked()), []);
  });

  const fixes: readonly { baseUrl: string; expected: string }[] = [
    { baseUrl: "http://localhost:8000", expected: "http://localhost:8000/v1" },
    { baseUrl: "http://localhost:8000/v1/v1", expected: "http://localhost:8000/v1" },
    { baseUrl: "http://localhost:8000/v1/chat/completions", expected: "http://localhost:8000/v1" },
    { baseUrl: "http://localhost:8000/embeddings", expected: "http://localhost:8000/v1" },
    {
      baseUrl: "https://dashscope.aliyuncs.com",
      expected: "https://dashscope.aliyuncs.com/compatible-mode/v1",
    },
    { baseUrl: "http://localhost:8000/api/v3", expected: "http://localhost:8000/v1" },
  ];
  for (const { baseUrl, expected } of fixes) {
    it(`offers ${expected} where ${baseUrl} answers 404`, () => {
      const [finding] = judgeReply(
        aReply({ detail: "Not Found" }, { status: 404 }),
        asked({ baseUrl, url: `${baseUrl}/chat/completions` }),
      );
      const offered = finding?.fixes.flatMap((fix) => (fix.kind === "set-base-url" ? [fix.baseUrl] : []));
      assert.deepEqual(offered, [expected]);
    });
  }

  it("shows where a redirect leads", () => {
    const reply = aReply("", { status: 307, headers: { location: "https://elsewhere/v1" } });
    assert.ok(judgeReply(reply, asked())[0]?.evidence.includes("Location: https://elsewhere/v1"));
  });

  it("never shows the query of the URL, which may hold a key", () => {
    const url = "http://localhost:8000/v1/models?api_key=sk-secret";
    const findings = judgeReply(aReply("", { status: 500 }), asked({ url }));
    assert.doesNotMatch(JSON.stringify(findings[0]?.evidence), /sk-secret/);
  });
});

describe("judgeOutcome", () => {
  it("shows what had arrived of a body that was cut", () => {
    const outcome = {
      kind: "cut" as const,
      reply: aReply('{"data":['),
      fault: aFault("ECONNRESET", { phase: "body" }),
    };
    const [finding] = judgeOutcome(outcome, asked());
    assert.equal(finding?.code, "http.truncated");
    assert.ok(finding.evidence.includes('{"data":['));
  });

  it("names the fault where nothing arrived", () => {
    const [finding] = judgeOutcome({ kind: "fault", fault: aFault("ECONNREFUSED") }, asked());
    assert.equal(finding?.code, "connect.refused");
  });

  it("finds nothing wrong in a good reply", () => {
    assert.deepEqual(judgeOutcome({ kind: "reply", reply: aReply({ data: [] }) }, asked()), []);
  });
});
