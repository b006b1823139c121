import assert from "node:assert/strict";

import type { FindingCode } from "../../../../src/core/diagnosis/finding.ts";
import { judgeOutcome, judgeReply } from "../../../../src/core/diagnosis/judgeReply.ts";
import { aFault, aReply, asked } from "../../../support/builders.ts";

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
    const reply = aReply("", { status: 307, headers: { location: "https://elsewhere/v1?key=sk-1" } });
    assert.ok(judgeReply(reply, asked())[0]?.evidence.includes("Location: https://elsewhere/v1"));
  });

  const shown: readonly { name: string; status: number; headers: Record<string, string>; line: string }[] = [
    { name: "when to ask again", status: 429, headers: { "retry-after": "30" }, line: "Retry-After: 30" },
    {
      name: "when a loading server wants to be asked again",
      status: 503,
      headers: { "retry-after": "120" },
      line: "Retry-After: 120",
    },
    {
      name: "what a 401 asks for",
      status: 401,
      headers: { "www-authenticate": 'Bearer realm="api"' },
      line: 'WWW-Authenticate: Bearer realm="api"',
    },
    {
      name: "that a proxy asks for a user and a password",
      status: 401,
      headers: { "www-authenticate": 'Basic realm="Restricted"' },
      line: 'WWW-Authenticate: Basic realm="Restricted"',
    },
  ];
  for (const { name, status, headers, line } of shown) {
    it(`shows ${name}`, () => {
      const [finding] = judgeReply(aReply("", { status, headers }), asked());
      assert.ok(finding?.evidence.includes(line), finding?.evidence.join("\n"));
    });
  }

  it("offers no key where a proxy asks for a user and a password", () => {
    const headers = { "www-authenticate": 'Basic realm="Restricted"', "content-type": "text/html" };
    const reply = aReply("<html><title>401 Authorization Required</title></html>", { status: 401, headers });
    const [finding] = judgeReply(reply, asked({ key: { kind: "key", value: "sk-1234567890" } }));
    assert.equal(finding?.code, "auth.forbidden");
    assert.deepEqual(
      finding.fixes.map(({ kind }) => kind),
      ["open-settings", "test-again"],
    );
  });

  it("offers no key where LiteLLM passes on that its own was refused", () => {
    const message = "litellm.AuthenticationError: AuthenticationError: OpenAIException - Incorrect API key";
    const reply = aReply({ error: { message, code: "401" } }, { status: 401 });
    const [finding] = judgeReply(reply, asked({ key: { kind: "key", value: "sk-1234567890" } }));
    assert.equal(finding?.code, "http.gateway");
    assert.ok(finding.fixes.every(({ kind }) => kind !== "set-key"));
    assert.match(finding.evidence.join("\n"), /Incorrect API key/);
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
