import assert from "node:assert/strict";

import { checkHealth } from "../../../../src/core/endpoint/checkHealth.ts";
import { type Health, unknownHealth } from "../../../../src/core/endpoint/health.ts";
import type { Credentials, HttpOutcome, HttpReply, StoredKey } from "../../../../src/core/ports.ts";
import {
  aFault,
  anEndpoint,
  aReply,
  fakeClock,
  fakeHttp,
  type FakeHttp,
  models,
  someCredentials,
} from "../../../support/builders.ts";

const modelsRoute = "GET http://localhost:8000/v1/models";
const healthRoute = "GET http://localhost:8000/health";
const signal = new AbortController().signal;

async function check(
  http: FakeHttp,
  credentials: Credentials = someCredentials(),
  previous: Health = unknownHealth,
): Promise<Health> {
  const vault = { read: () => Promise.resolve(credentials), refused: () => undefined };
  return checkHealth(anEndpoint(), previous, { httpFor: () => http, vault, clock: fakeClock() }, signal);
}

const notFound = aReply({ detail: "Not Found" }, { status: 404 });

describe("checkHealth", () => {
  const cases: readonly {
    name: string;
    routes: Readonly<Record<string, HttpReply | HttpOutcome>>;
    state: string;
    codes: readonly string[];
    failures?: number;
  }[] = [
    { name: "a list of models", routes: { [modelsRoute]: aReply(models("m")) }, state: "up", codes: [] },
    { name: "an empty list", routes: { [modelsRoute]: aReply(models()) }, state: "up", codes: [] },
    {
      name: "401",
      routes: { [modelsRoute]: aReply({ error: "Unauthorized" }, { status: 401 }) },
      state: "down",
      codes: ["auth.missing"],
    },
    {
      name: "no models route, but a healthy server",
      routes: { [modelsRoute]: notFound, [healthRoute]: aReply("") },
      state: "up",
      codes: ["http.no-models-route"],
    },
    {
      name: "neither a models nor a health route",
      routes: { [modelsRoute]: notFound, [healthRoute]: notFound },
      state: "attention",
      codes: ["http.no-models-route"],
    },
    {
      name: "no models route, and a health route that is refused",
      routes: { [modelsRoute]: aReply("", { status: 405 }) },
      state: "attention",
      codes: ["http.no-models-route"],
    },
    {
      name: "no models route, and an unhealthy server",
      routes: { [modelsRoute]: notFound, [healthRoute]: aReply("", { status: 503 }) },
      state: "down",
      codes: ["server.unhealthy"],
    },
    { name: "a refused connection", routes: {}, state: "down", codes: ["connect.refused"] },
    {
      name: "a server error",
      routes: { [modelsRoute]: aReply("oops", { status: 500 }) },
      state: "down",
      codes: ["http.server-error"],
    },
    {
      name: "a page with 200",
      routes: { [modelsRoute]: aReply("<html>", { headers: { "content-type": "text/html" } }) },
      state: "down",
      codes: ["http.not-an-api"],
    },
    {
      name: "JSON that is no list",
      routes: { [modelsRoute]: aReply({ hello: 1 }) },
      state: "attention",
      codes: ["http.malformed"],
    },
    {
      name: "a body that was cut",
      routes: {
        [modelsRoute]: {
          kind: "cut",
          reply: aReply('{"data":['),
          fault: aFault("ECONNRESET", { phase: "body" }),
        },
      },
      state: "down",
      codes: ["http.truncated"],
    },
  ];
  for (const { name, routes, state, codes } of cases) {
    it(`is ${state} after ${name}`, async () => {
      const http = fakeHttp(routes);
      const health = await check(http, someCredentials(), { ...unknownHealth, failures: 2 });
      assert.equal(health.state, state);
      assert.deepEqual(
        health.findings.map(({ code }) => code),
        codes,
      );
      assert.equal(health.failures, state === "down" ? 3 : 0);
      assert.equal(health.activity, "idle");
      assert.ok(http.requests.every(({ method, body }) => method === "GET" && body === undefined));
    });
  }

  it("tells the models, the server and when it was", async () => {
    const body = { data: [{ id: "m", owned_by: "vllm" }] };
    const health = await check(fakeHttp({ [modelsRoute]: aReply(body) }));
    assert.deepEqual(health.models, [{ id: "m", ownedBy: "vllm" }]);
    assert.equal(health.server, "vLLM");
    assert.equal(health.latencyMs, 0);
    assert.equal(health.checkedAtMs, 1_000_000);
  });

  it("has no latency of what did not answer", async () => {
    assert.equal("latencyMs" in (await check(fakeHttp({}))), false);
  });

  it("sends the key to the models route and nowhere else", async () => {
    const http = fakeHttp({ [modelsRoute]: notFound, [healthRoute]: aReply("") });
    const credentials = someCredentials({
      key: { kind: "key", value: " sk-123 " },
      headers: { "X-Team": "search" },
    });
    await check(http, credentials);
    const [first, second] = http.requests;
    assert.equal(first?.headers["authorization"], "Bearer sk-123");
    assert.equal(first.headers["x-team"], "search");
    assert.deepEqual(second?.headers, {});
  });

  for (const key of [
    { kind: "missing", where: "secret" },
    { kind: "other-origin", origin: "https://a" },
    { kind: "needs-consent", where: "env KEY" },
  ] as const) {
    it(`sends no key where the vault says ${key.kind}`, async () => {
      const http = fakeHttp({ [modelsRoute]: aReply(models("m")) });
      await check(http, someCredentials({ key }));
      assert.equal("authorization" in http.requests[0]!.headers, false);
    });
  }

  it("gives up sooner than a person's request, and caps what it reads", async () => {
    const http = fakeHttp({});
    await check(http);
    const [request] = http.requests;
    const { connectMs, firstByteMs, idleMs } = request!.timeouts;
    assert.deepEqual([connectMs, firstByteMs, idleMs], [5000, 10_000, 10_000]);
    assert.equal(request?.maxBytes, 8 * 1024 * 1024);
  });

  describe("tells what it read of the key", () => {
    const key = { kind: "key", value: "sk-check-health-0123-abcd", setAtMs: 5 } as const;
    const checkWith = (next: () => Promise<StoredKey | undefined>): Promise<Health> => {
      const vault = { read: () => Promise.resolve(someCredentials({ key })), refused: () => undefined };
      const httpFor = (): FakeHttp => fakeHttp({});
      const ports = { httpFor, vault, clock: fakeClock(), keys: { next } };
      return checkHealth(anEndpoint({ key: { from: "secret" } }), unknownHealth, ports, signal);
    };

    it("its last four characters and when it was set, whatever the server says", async () => {
      const health = await checkWith(() => Promise.resolve(undefined));
      assert.equal(health.state, "down");
      assert.deepEqual(health.key, { source: "secret", state: "key", lastFour: "…abcd", setAtMs: 5 });
    });

    it("and that another one waits", async () => {
      const next = { value: "sk-check-health-0123-wxyz", origin: "", setAtMs: 6 };
      const health = await checkWith(() => Promise.resolve(next));
      assert.deepEqual(health.key?.waiting, { lastFour: "…wxyz", setAtMs: 6 });
      assert.ok(!JSON.stringify(health).includes("0123"));
    });

    it("without one where the secret storage fails", async () => {
      const health = await checkWith(() => Promise.reject(new Error("no keyring")));
      assert.equal(health.key?.waiting, undefined);
    });
  });
});
