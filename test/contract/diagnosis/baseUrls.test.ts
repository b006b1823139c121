import assert from "node:assert/strict";
import {
  reply,
  serveModels,
  serveRoutes,
  startFaultServer,
  startTlsServer,
  type FaultServer,
  type ModelServerOptions,
} from "../../support/faultServer.ts";
import { endpointAt } from "../support/endpoints.ts";
import {
  assertUnblocked,
  baseUrlsIn,
  blockerIn,
  ladderBench,
  offeredBaseUrl,
  secret,
  variationsOf,
} from "../support/ladderBench.ts";

const page = { headers: { "content-type": "text/html" }, body: "<!doctype html><title>UI</title>" };

describe("the base URLs that may have been meant", () => {
  const { started, climb } = ladderBench();

  const mistakes: readonly {
    readonly name: string;
    readonly path: string;
    readonly code: string;
    readonly server?: ModelServerOptions;
    readonly prepare?: (server: FaultServer) => void;
    /** The path that is offered; `/v1` unless it says otherwise. */
    readonly offered?: string;
  }[] = [
    { name: "lacks /v1", path: "", code: "address.missing-v1" },
    { name: "holds /v1 twice", path: "/v1/v1", code: "address.doubled-v1" },
    { name: "names an operation", path: "/v1/chat/completions", code: "address.full-path" },
    { name: "goes on behind /v1", path: "/v1/openai", code: "http.wrong-path" },
    { name: "has a path of its own before /v1", path: "/llm/v1", code: "http.wrong-path" },
    {
      name: "lacks the /api of a gateway",
      path: "/v1",
      code: "http.wrong-path",
      server: { prefix: "/api/v1" },
      offered: "/api/v1",
    },
    {
      name: "has a /v1 that the server has not",
      path: "/v1",
      code: "http.wrong-path",
      server: { prefix: "" },
      offered: "",
    },
    {
      name: "leads to a web page",
      path: "/ui/v1",
      code: "http.not-an-api",
      prepare: (server) => server.serve(reply(page)),
    },
    {
      name: "leads to LM Studio's error in a 200",
      path: "",
      code: "address.missing-v1",
      prepare: (server) =>
        server.serve(reply({ body: { error: "Unexpected endpoint or method. (GET /models)" } })),
    },
    {
      name: "leads to a dead upstream of a gateway",
      path: "/old/v1",
      code: "http.gateway",
      prepare: (server) => server.serve(reply({ status: 502, body: "" })),
    },
    {
      name: "is redirected within the server",
      path: "/old/v1",
      code: "http.redirect",
      server: { prefix: "/new/place/v1" },
      prepare: (server) =>
        server.serve(reply({ status: 308, headers: { location: "/new/place/v1/models" } }), "/old/v1/models"),
      offered: "/new/place/v1",
    },
    {
      name: "is unlike any guess, but the routes are published",
      path: "/v1",
      code: "http.wrong-path",
      server: { prefix: "/serving/qwen/v2" },
      prepare: (server) =>
        serveRoutes(server, ["/serving/qwen/v2/chat/completions", "/serving/qwen/v2/models"]),
      offered: "/serving/qwen/v2",
    },
  ];
  for (const { name, path, code, server: options, prepare, offered = "/v1" } of mistakes) {
    it(`names ${code} for one that ${name}, and offers first what answered`, async () => {
      const server = await started(startFaultServer());
      serveModels(server, { ...options, key: secret });
      prepare?.(server);
      const report = await climb(endpointAt(`${server.origin}${path}`));
      const finding = blockerIn(report, code);
      assert.equal(offeredBaseUrl(finding), `${server.origin}${offered}`);
      assert.equal(new Set(baseUrlsIn(finding.fixes)).size, baseUrlsIn(finding.fixes).length);
      const extra = report.rungs
        .flatMap(({ exchanges }) => exchanges)
        .filter(({ role }) => role === "variation");
      assert.ok(extra.length > 0 && extra.length <= 6, `${extra.length} extra requests`);
      const fixed = await climb(endpointAt(offeredBaseUrl(finding)));
      assert.equal(fixed.verdict, "healthy", JSON.stringify(fixed.findings));
    });
  }

  it("offers no guess that was tried and failed", async () => {
    const server = await started(startFaultServer());
    server.serve(reply(page));
    const report = await climb(endpointAt(`${server.origin}/ui/v1`));
    // Another port of this machine may have a model server.
    const isHere = (url: string): boolean => url.startsWith(`${server.origin}/`);
    assert.deepEqual(baseUrlsIn(blockerIn(report, "http.not-an-api").fixes).filter(isHere), []);
    const here = variationsOf(report, "http").filter(({ what }) => isHere(what));
    assert.ok(here.length > 0 && here.every(({ worked }) => worked === "no"));
  });

  it("takes a 401 for an answer, where the key is the problem", async () => {
    const server = await started(startFaultServer());
    serveModels(server, { key: "another" });
    const report = await climb(endpointAt(server.origin));
    const offered = offeredBaseUrl(blockerIn(report, "address.missing-v1"));
    assertUnblocked(await climb(endpointAt(offered)), "http");
  });

  it("follows a redirect to another origin without the key, and offers what answers there", async () => {
    const elsewhere = await started(startFaultServer());
    serveModels(elsewhere);
    const server = await started(startFaultServer());
    server.serve(reply({ status: 307, headers: { location: `${elsewhere.origin}/v1/models` } }));
    const report = await climb(endpointAt(server.baseUrl, { headers: { "X-Secret": secret } }), {
      subject: { credentials: { key: { kind: "key", value: secret }, headers: { "X-Secret": secret } } },
    });
    const finding = blockerIn(report, "http.redirect");
    assert.match(finding.evidence.join("\n"), new RegExp(`^Location: ${elsewhere.origin}/v1/models$`, "m"));
    assert.equal(offeredBaseUrl(finding), elsewhere.baseUrl);
    assert.equal(elsewhere.requests.length, 1);
    assert.ok(
      !elsewhere.requests.some(({ head }) => head.includes(secret)),
      "the key went to another origin",
    );
    assert.ok(server.requests.every(({ headers }) => headers["authorization"] === `Bearer ${secret}`));
    assert.equal((await climb(endpointAt(elsewhere.baseUrl))).verdict, "healthy");
  });

  it("offers the https that a redirect leads to, though its certificate still has to be trusted", async () => {
    const secure = await started(startTlsServer({ certificate: "untrusted" }));
    const server = await started(startFaultServer());
    server.serve(reply({ status: 301, headers: { location: `${secure.baseUrl}/models` } }));
    const finding = blockerIn(await climb(endpointAt(server.baseUrl)), "http.redirect");
    assert.equal(offeredBaseUrl(finding), secure.baseUrl);
    assert.equal(secure.requests.length, 0);
    const next = blockerIn(await climb(endpointAt(secure.baseUrl)), "tls.untrusted");
    assert.equal(next.fixes[0]?.kind, "trust-certificate");
  });

  it("does not ask where a redirect leads to no models, such as a sign-in page", async () => {
    const elsewhere = await started(startFaultServer());
    const server = await started(startFaultServer());
    server.serve(reply({ status: 302, headers: { location: `${elsewhere.origin}/login?next=/v1/models` } }));
    blockerIn(await climb(endpointAt(server.baseUrl)), "http.redirect");
    assert.equal(elsewhere.requests.length, 0);
  });

  it("asks only where the redirect of a task's request leads, and offers what answers there", async () => {
    const elsewhere = await started(startFaultServer());
    serveModels(elsewhere);
    const server = await started(startFaultServer());
    serveModels(server, { key: secret });
    const location = `${elsewhere.baseUrl}/chat/completions`;
    server.serve(reply({ status: 308, headers: { location } }), "/v1/chat/completions");
    const report = await climb(endpointAt(server.baseUrl));
    const finding = blockerIn(report, "http.redirect");
    assert.equal(offeredBaseUrl(finding), elsewhere.baseUrl);
    assert.deepEqual(
      variationsOf(report, "chat").map(({ what }) => what),
      [elsewhere.baseUrl],
    );
    assert.ok(!elsewhere.requests.some(({ head }) => head.includes(secret)));
    assert.equal((await climb(endpointAt(elsewhere.baseUrl))).verdict, "healthy");
  });

  const failingLists = [
    {
      name: "forbids its list",
      code: "auth.forbidden",
      answer: { status: 403, body: { error: { message: "Missing scopes: api.model.read" } } },
    },
    {
      name: "fails at its list",
      code: "http.server-error",
      answer: { status: 500, body: { error: { message: "internal error" } } },
    },
    { name: "has a page in place of its list", code: "http.no-models-route", answer: page },
  ];
  for (const { name, code, answer } of failingLists) {
    it(`only warns of an endpoint that ${name} while its chat answers`, async () => {
      const server = await started(startFaultServer());
      serveModels(server, { key: secret });
      server.serve(reply(answer), "/v1/models");
      const report = await climb({ ...endpointAt(server.baseUrl), models: { chat: "m" } });
      assert.deepEqual(
        report.findings.map((finding) => [finding.code, finding.severity]),
        [[code, "warning"]],
      );
      assert.equal(report.rungs.find(({ id }) => id === "chat")?.status, "passed");
    });
  }

  it("says that the server was not started for the task, from its own list of routes", async () => {
    const server = await started(startFaultServer());
    serveModels(server, { operations: ["models", "chat"] });
    serveRoutes(server, ["/health", "/v1/models", "/v1/chat/completions", "/v1/completions"]);
    const report = await climb(endpointAt(server.baseUrl), { subject: { tasks: ["embedding"] } });
    const finding = blockerIn(report, "task.not-started-for");
    assert.ok(
      finding.evidence.includes("/openapi.json: /v1/models, /v1/chat/completions, /v1/completions"),
      finding.evidence.join("\n"),
    );
    const asked = server.requests.filter(({ path }) => path === "/openapi.json");
    assert.deepEqual(
      asked.map(({ headers }) => headers["authorization"]),
      [undefined],
    );
  });

  it("does not take a server without a list of models for down", async () => {
    const server = await started(startFaultServer());
    serveModels(server, { operations: ["chat"] });
    const report = await climb(endpointAt(server.baseUrl));
    assert.equal(report.verdict, "healthy", JSON.stringify(report.findings));
    assert.deepEqual(
      report.findings.map(({ code }) => code),
      ["http.no-models-route"],
    );
  });
});
