import assert from "node:assert/strict";

import type { Learned, Subject } from "../../../../../src/core/diagnosis/step.ts";
import { server } from "../../../../../src/core/diagnosis/steps/server.ts";
import type { HttpReply } from "../../../../../src/core/ports.ts";
import {
  anEndpoint,
  aReply,
  aSubject,
  fakeClock,
  fakeHttp,
  fakeSockets,
  models,
  someCredentials,
} from "../../../../support/builders.ts";
import { key } from "../../../../support/ladderWorld.ts";

const root = "http://localhost:8000";
const unauthorized = aReply(
  { error: "Unauthorized" },
  { status: 401, headers: { "content-type": "application/json", server: "uvicorn" } },
);
const notFound = aReply({ detail: "Not Found" }, { status: 404 });
const keyed: Partial<Subject> = { credentials: someCredentials({ key }) };
const version = (text: string): HttpReply => aReply({ version: text });
const text = (body: string): HttpReply => aReply(body, { headers: { "content-type": "text/plain" } });
const banner = (body: string): HttpReply => aReply(JSON.stringify(body));

async function climb(
  listing: HttpReply,
  routes: Readonly<Record<string, HttpReply>>,
  {
    known,
    subject = {},
  }: { readonly known?: NonNullable<Learned["server"]>; readonly subject?: Partial<Subject> } = {},
) {
  const at = Object.entries(routes).map(([path, reply]) => [`GET ${root}${path}`, reply] as const);
  const http = fakeHttp(Object.fromEntries(at));
  const learned: Learned = {
    models: { kind: "reply", reply: listing },
    ...(known === undefined ? {} : { server: known }),
  };
  const world = aSubject({ endpoint: anEndpoint({ headers: { "x-team": "secret" } }), ...subject });
  const ports = { http, sockets: fakeSockets(), clock: fakeClock() };
  const gathered = await server.gather(world, learned, ports, new AbortController().signal);
  return { judgement: server.judge(gathered, world, learned), requests: http.requests };
}

describe("the rung of the server", () => {
  const cases: readonly {
    readonly name: string;
    readonly listing: HttpReply;
    readonly routes: Readonly<Record<string, HttpReply>>;
    readonly expected: NonNullable<Learned["server"]> | undefined;
  }[] = [
    {
      name: "vLLM that refused a key",
      listing: unauthorized,
      routes: {
        "/version": version("0.13.0"),
        "/": notFound,
        "/docs": text("<title>FastAPI - Swagger UI</title>"),
      },
      expected: { id: "vllm", name: "vLLM", version: "0.13.0" },
    },
    {
      name: "SGLang that refused a key, and refuses everything else as well",
      listing: unauthorized,
      routes: { "/version": unauthorized, "/": unauthorized, "/docs": unauthorized, "/info": unauthorized },
      expected: { id: "sglang", name: "SGLang" },
    },
    {
      name: "LMDeploy 0.14 that refused a key",
      listing: unauthorized,
      routes: { "/version": unauthorized, "/": unauthorized, "/docs": text("<title>Swagger UI</title>") },
      expected: { id: "lmdeploy", name: "LMDeploy" },
    },
    {
      name: "SGLang by its banner",
      listing: notFound,
      routes: { "/": banner("SGLang is running") },
      expected: { id: "sglang", name: "SGLang" },
    },
    {
      name: "SGLang that says it is Ollama, and has Ollama's routes",
      listing: aReply(models("m")),
      routes: { "/": banner("Ollama is running"), "/api/tags": aReply({ models: [] }) },
      expected: { id: "sglang", name: "SGLang" },
    },
    {
      name: "Ollama whose models are of another registry",
      listing: aReply(models("m")),
      routes: { "/": text("Ollama is running"), "/api/version": version("0.12.1") },
      expected: { id: "ollama", name: "Ollama", version: "0.12.1" },
    },
    {
      name: "TEI, which has no list",
      listing: aReply("", { status: 404 }),
      routes: { "/info": aReply({ model_id: "q", model_type: { embedding: {} }, version: "1.9.3" }) },
      expected: { id: "tei", name: "TEI", version: "1.9.3" },
    },
    {
      name: "TEI that refuses without a word",
      listing: aReply("", { status: 401 }),
      routes: { "/info": aReply("", { status: 401, headers: {} }) },
      expected: { id: "tei", name: "TEI" },
    },
    {
      name: "TGI",
      listing: aReply("", { status: 401 }),
      routes: { "/info": aReply({ model_id: "q", max_total_tokens: 4096, version: "3.3.6" }) },
      expected: { id: "tgi", name: "TGI", version: "3.3.6" },
    },
    {
      name: "Xinference that refused a key",
      listing: aReply({ detail: "Could not validate credentials" }, { status: 401 }),
      routes: { "/v1/cluster/auth": aReply({ auth: true }), "/": unauthorized },
      expected: { id: "xinference", name: "Xinference" },
    },
    {
      name: "nobody by a gateway that refuses in SGLang's words",
      listing: aReply({ error: "Unauthorized" }, { status: 401 }),
      routes: { "/": aReply({ error: "Unauthorized" }, { status: 401 }) },
      expected: undefined,
    },
    {
      name: "nobody by a page with a version and more",
      listing: notFound,
      routes: {
        "/version": aReply({ version: "1.2.3", commit: "abc" }),
        "/info": aReply({ version: "1.2.3" }),
      },
      expected: undefined,
    },
    { name: "nobody", listing: aReply(models("m")), routes: {}, expected: undefined },
    {
      name: "a page that answers everything",
      listing: notFound,
      routes: { "/": text("<html>"), "/version": text("<html>") },
      expected: undefined,
    },
  ];
  for (const { name, listing, routes, expected } of cases) {
    it(`knows ${name}`, async () => {
      const { judgement, requests } = await climb(listing, routes, { subject: keyed });
      assert.deepEqual(judgement.learned?.server, expected);
      assert.deepEqual(judgement.findings, []);
      assert.ok(judgement.evidence.length > 0);
      assert.ok(requests.length <= 4, requests.map(({ url }) => url).join());
    });
  }

  it("asks a known server for its version alone", async () => {
    const known = { id: "vllm", name: "vLLM" } as const;
    const { judgement, requests } = await climb(
      aReply(models("m")),
      { "/version": version("0.13.0") },
      { known },
    );
    assert.deepEqual(judgement.learned?.server, { ...known, version: "0.13.0" });
    assert.deepEqual(
      requests.map(({ url }) => url),
      [`${root}/version`],
    );
  });

  for (const { id, subject, asks } of [
    { id: "sglang", subject: {}, asks: 0 },
    { id: "openai", subject: keyed, asks: 0 },
    { id: "llama.cpp", subject: {}, asks: 1 },
    { id: "llama.cpp", subject: keyed, asks: 0 },
  ] as const) {
    it(`asks ${id} ${asks} times, ${subject === keyed ? "with" : "without"} a key`, async () => {
      const { requests } = await climb(aReply(models("m")), {}, { known: { id, name: id }, subject });
      assert.equal(requests.length, asks);
    });
  }

  it("keeps what it knows when the version is not told", async () => {
    const { judgement } = await climb(aReply(models("m")), {}, { known: { id: "vllm", name: "vLLM" } });
    assert.equal(judgement.learned, undefined);
    assert.equal(judgement.evidence[0], "vLLM");
  });

  it("sends neither the key nor the endpoint's headers", async () => {
    const { requests } = await climb(unauthorized, {}, { subject: keyed });
    assert.ok(requests.length > 0);
    assert.doesNotMatch(JSON.stringify(requests), /sk-|authorization|x-team/i);
  });

  it("names nginx where nothing else is known", async () => {
    const listing = aReply(models("m"), { headers: { server: "nginx/1.27.0" } });
    const { judgement } = await climb(listing, {});
    assert.ok(judgement.evidence.includes("nginx in front"));
  });
});
