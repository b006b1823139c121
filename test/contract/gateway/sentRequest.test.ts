import assert from "node:assert/strict";
import { readWholeBody } from "../../../src/core/chat/readWholeBody.ts";
import type { GatewayRequest, Http, HttpRequest } from "../../../src/core/ports.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { openaiGateway } from "../../../src/io/openaiGateway.ts";
import {
  reply,
  startFaultServer,
  type FaultServer,
  type ReceivedRequest,
} from "../../support/faultServer.ts";
import { endpointAt, keyed, keyless, unaborted } from "../support/endpoints.ts";

const key = "sk-sent-by-the-gateway";

describe("what the gateway sends", () => {
  let server: FaultServer;
  let http: NodeHttp;
  const variables = new Map<string, string | undefined>();
  const setVariable = (name: string, value: string): void => {
    variables.set(name, process.env[name]);
    process.env[name] = value;
  };
  beforeEach(async () => {
    server = await startFaultServer();
    server.serve(reply({ body: { ok: true } }));
    http = nodeHttp();
  });
  afterEach(async () => {
    for (const [name, value] of variables) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    variables.clear();
    http.dispose();
    await server.close();
  });

  const request = (fields: Partial<GatewayRequest> = {}): GatewayRequest => ({
    endpoint: endpointAt(server.baseUrl),
    credentials: keyed(key),
    path: "/chat/completions",
    body: { model: "m", messages: [] },
    ...fields,
  });
  const sent = async (fields: Partial<GatewayRequest> = {}): Promise<ReceivedRequest> => {
    const outcome = await openaiGateway(http).open(request(fields), unaborted());
    assert.ok(outcome.kind === "reply");
    await readWholeBody(outcome.reply);
    return server.requests.at(-1)!;
  };

  it("is one POST of the body as JSON, with the key, to the path below the base URL", async () => {
    const { method, path, headers, body } = await sent();
    assert.deepEqual(
      { method, path, type: headers["content-type"], authorization: headers["authorization"] },
      {
        method: "POST",
        path: "/v1/chat/completions",
        type: "application/json",
        authorization: `Bearer ${key}`,
      },
    );
    assert.deepEqual(JSON.parse(body.toString()), { model: "m", messages: [] });
  });

  it("is what a program with the openai package would send, its marks included", async () => {
    const { headers } = await sent();
    assert.match(headers["user-agent"] ?? "", /^OpenAI\/JS /);
    assert.equal(headers["x-stainless-lang"], "js");
  });

  const keys: readonly { readonly name: string; readonly credentials: GatewayRequest["credentials"] }[] = [
    { name: "none", credentials: keyless },
    { name: "missing", credentials: { key: { kind: "missing", where: "secret" }, headers: {} } },
    { name: "empty", credentials: keyed("") },
    { name: "blank", credentials: keyed("  \n") },
    {
      name: "for another origin",
      credentials: { key: { kind: "other-origin", origin: "http://x.invalid" }, headers: {} },
    },
    {
      name: "without consent",
      credentials: { key: { kind: "needs-consent", where: "env" }, headers: {} },
    },
  ];
  for (const { name, credentials } of keys) {
    it(`carries the placeholder EMPTY when the key is ${name}`, async () => {
      assert.equal((await sent({ credentials })).headers["authorization"], "Bearer EMPTY");
    });
  }

  it("carries a key without the white space around it", async () => {
    assert.equal((await sent({ credentials: keyed(` ${key}\n`) })).headers["authorization"], `Bearer ${key}`);
  });

  it("carries the endpoint's own headers", async () => {
    const credentials = keyed(key, { "X-Team": "search", "api-key": "azure" });
    const { headers } = await sent({ credentials });
    assert.equal(headers["x-team"], "search");
    assert.equal(headers["api-key"], "azure");
    assert.equal(headers["authorization"], `Bearer ${key}`);
  });

  it("lets the endpoint's own Authorization win over the key's", async () => {
    const credentials = keyed(key, { Authorization: "Token own" });
    assert.equal((await sent({ credentials })).headers["authorization"], "Token own");
  });

  const queries: readonly { readonly base: string; readonly path: string }[] = [
    { base: "/v1", path: "/v1/chat/completions" },
    { base: "/v1/", path: "/v1/chat/completions" },
    { base: "/v1?api-version=2024-10-21", path: "/v1/chat/completions?api-version=2024-10-21" },
    { base: "", path: "/chat/completions" },
  ];
  for (const { base, path } of queries) {
    it(`goes to ${path} for a base URL that ends in "${base}"`, async () => {
      assert.equal((await sent({ endpoint: endpointAt(server.origin + base) })).path, path);
    });
  }

  it("has the colon and the slashes of a generate path as they are", async () => {
    const { path } = await sent({ path: "/models/Qwen/Qwen3-8B:generate" });
    assert.equal(path, "/v1/models/Qwen/Qwen3-8B:generate");
  });

  const environment: Readonly<Record<string, string>> = {
    OPENAI_BASE_URL: "http://elsewhere.invalid/v1",
    OPENAI_API_KEY: "sk-from-the-environment",
    OPENAI_ADMIN_KEY: "sk-admin-from-the-environment",
    OPENAI_ORG_ID: "org-from-the-environment",
    OPENAI_PROJECT_ID: "project-from-the-environment",
    OPENAI_WEBHOOK_SECRET: "webhook-from-the-environment",
    OPENAI_CUSTOM_HEADERS:
      "X-Custom: from-the-environment\nAuthorization: Bearer from-the-environment\nX-Team: from-the-environment\napi-key: from-the-environment",
    OPENAI_LOG: "debug",
  };
  for (const credentials of [keyed(key, { "X-Team": "search" }), keyless]) {
    it(`is the same whatever the OPENAI_ variables say, with the key ${credentials.key.kind}`, async () => {
      const { head } = await sent({ credentials });
      for (const [name, value] of Object.entries(environment)) setVariable(name, value);
      const { head: withVariables } = await sent({ credentials });
      assert.deepEqual(withVariables.split("\r\n").sort(), head.split("\r\n").sort());
    });
  }

  it("writes nothing to the console, even with OPENAI_LOG=debug", async () => {
    setVariable("OPENAI_LOG", "debug");
    const names = ["log", "info", "debug", "warn", "error"] as const;
    const before = { ...console };
    const written: unknown[] = [];
    for (const name of names) console[name] = (...parts: unknown[]) => void written.push(parts);
    try {
      await sent();
    } finally {
      Object.assign(console, before);
    }
    assert.deepEqual(written, []);
  });

  /** Keeps what would be sent: for addresses that must not be connected to. */
  const recording = (): { readonly http: Http; readonly sent: HttpRequest[] } => {
    const requests: HttpRequest[] = [];
    const fault = { phase: "connect", code: "ECONNREFUSED", message: "", attempts: [] } as const;
    const take = (each: HttpRequest): Promise<{ kind: "fault"; fault: typeof fault }> => {
      requests.push(each);
      return Promise.resolve({ kind: "fault", fault });
    };
    return { http: { open: take, send: take }, sent: requests };
  };

  for (const baseUrl of ["", " ", "/v1", "localhost:8000/v1", "ftp://x.invalid/v1", "not a url"]) {
    it(`is nothing at all, to no host, when the base URL is "${baseUrl}"`, async () => {
      setVariable("OPENAI_BASE_URL", "http://elsewhere.invalid/v1");
      const { http: recorder, sent: requests } = recording();
      const outcome = await openaiGateway(recorder).open(
        request({ endpoint: endpointAt(baseUrl) }),
        unaborted(),
      );
      assert.deepEqual(requests, []);
      assert.equal(outcome.kind === "fault" ? outcome.fault.code : "reply", "ERR_INVALID_URL");
    });
  }

  for (const path of [
    "https://elsewhere.invalid/chat",
    "//elsewhere.invalid/chat",
    "@elsewhere.invalid/chat",
  ]) {
    it(`never goes to another host for the path ${path}`, async () => {
      const { http: recorder, sent: requests } = recording();
      await openaiGateway(recorder).open(request({ path }), unaborted());
      assert.deepEqual(
        requests.filter(({ url }) => new URL(url).origin !== server.origin),
        [],
      );
    });
  }

  const unsendable: readonly { readonly name: string; readonly value: string }[] = [
    { name: "a line feed", value: "sk-first\nsecond-half" },
    { name: "a Chinese letter", value: "sk-密钥-of-this-test" },
    { name: "a NUL", value: "sk-first\0second-half" },
  ];
  for (const { name, value } of unsendable) {
    it(`is nothing when the key holds ${name}, and the fault does not repeat the key`, async () => {
      const outcome = await openaiGateway(http).open(request({ credentials: keyed(value) }), unaborted());
      assert.equal(server.requests.length, 0);
      assert.equal(outcome.kind === "fault" ? outcome.fault.code : "reply", "ERR_INVALID_CHAR");
      assert.doesNotMatch(JSON.stringify(outcome), /first|second|sk-|密/);
    });
  }

  it("is nothing when it was cancelled before, and that is no bad address", async () => {
    const outcome = await openaiGateway(http).open(request(), AbortSignal.abort());
    assert.equal(outcome.kind === "fault" ? outcome.fault.code : "reply", "ABORTED");
    assert.equal(server.connections, 0);
  });
});
