import assert from "node:assert/strict";

import type { Learned, Subject } from "../../../../../src/core/diagnosis/step.ts";
import { health } from "../../../../../src/core/diagnosis/steps/health.ts";
import type { HttpReply } from "../../../../../src/core/ports.ts";
import type { ServerId } from "../../../../../src/core/servers/serverId.ts";
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
const good = aReply(models("m"));
const bare = (status: number): HttpReply => aReply("", { status });

interface Case {
  readonly name: string;
  readonly id?: ServerId;
  readonly listing?: HttpReply;
  readonly routes?: Readonly<Record<string, HttpReply>>;
  readonly subject?: Partial<Subject>;
  /** `severity code`, or the status of a rung without findings. */
  readonly expected: readonly string[] | "skipped" | "passed";
  readonly asks?: number;
}

async function climb({ id, listing = good, routes = {}, subject = {} }: Case) {
  const at = Object.entries(routes).map(([path, reply]) => [`GET ${root}${path}`, reply] as const);
  const http = fakeHttp(Object.fromEntries(at));
  const learned: Learned = {
    models: { kind: "reply", reply: listing },
    ...(id === undefined ? {} : { server: { id, name: id } }),
  };
  const world = aSubject({ endpoint: anEndpoint(), ...subject });
  const ports = { http, sockets: fakeSockets(), clock: fakeClock() };
  const gathered = await health.gather(world, learned, ports, new AbortController().signal);
  return { judgement: health.judge(gathered, world, learned), requests: http.requests };
}

const loading = aReply({ error: { message: "Loading model", code: 503 } }, { status: 503 });
const keyed = { credentials: someCredentials({ key }) };
const remote = anEndpoint({ baseUrl: "http://gpu.invalid:8000/v1" });

describe("the rung of the health", () => {
  const cases: readonly Case[] = [
    {
      name: "a good reply",
      id: "vllm",
      routes: { "/health": aReply("", { headers: {} }) },
      expected: "passed",
      asks: 1,
    },
    { name: "no such route", routes: { "/health": bare(404) }, expected: "skipped", asks: 1 },
    {
      name: "a gateway that leads it to something dead, while it lists models",
      routes: { "/health": bare(502) },
      expected: "skipped",
    },
    { name: "a route that wants a key", routes: { "/health": bare(401) }, expected: "skipped" },
    {
      name: "a limit of requests at vLLM",
      id: "vllm",
      routes: { "/health": bare(429) },
      expected: "skipped",
    },
    { name: "no answer from something unknown", expected: "skipped", asks: 1 },
    { name: "no answer from vLLM", id: "vllm", expected: ["warning server.unhealthy"] },
    { name: "hosted servers, which have none", id: "openai", expected: "skipped", asks: 0 },
    { name: "SGLang, where it costs a token", id: "sglang", expected: "skipped", asks: 0 },
    {
      name: "SGLang in a full test",
      id: "sglang",
      subject: { depth: "full" },
      routes: { "/health": bare(503) },
      expected: ["warning server.unhealthy"],
      asks: 1,
    },
    {
      name: "vLLM's dead engine",
      id: "vllm",
      routes: { "/health": bare(503) },
      expected: ["warning server.crashed"],
    },
    {
      name: "vLLM's dead engine, whose list is gone as well",
      id: "vllm",
      listing: bare(500),
      routes: { "/health": bare(503) },
      expected: ["blocker server.crashed"],
    },
    {
      name: "a model that loads, though it is listed",
      id: "llama.cpp",
      routes: { "/health": loading },
      expected: ["blocker server.loading"],
    },
    {
      name: "a models request refused because the model loads, told once",
      id: "llama.cpp",
      listing: loading,
      routes: { "/health": loading },
      expected: ["blocker server.loading"],
    },
    {
      name: "a busy server",
      listing: aReply({ error: "Model is overloaded", error_type: "overloaded" }, { status: 429 }),
      expected: ["blocker server.overloaded"],
    },
    {
      name: "TEI that is unhealthy",
      id: "tei",
      listing: bare(404),
      routes: { "/health": aReply({ error: "unhealthy", error_type: "Unhealthy" }, { status: 503 }) },
      expected: ["blocker server.unhealthy"],
    },
    {
      name: "no server behind a gateway",
      listing: bare(401),
      routes: { "/health": aReply("no healthy upstream", { status: 503, headers: {} }) },
      expected: ["blocker server.no-upstream"],
    },
    {
      name: "a bare 503 of something unknown",
      listing: bare(401),
      routes: { "/health": bare(503) },
      expected: ["warning server.unhealthy"],
    },
    {
      name: "a keyed SGLang that others can reach",
      id: "sglang",
      subject: { ...keyed, endpoint: remote },
      expected: ["note server.exposes-key"],
      asks: 0,
    },
    { name: "a keyed SGLang on this machine", id: "sglang", subject: keyed, expected: "skipped" },
    {
      name: "a keyed vLLM that others can reach",
      id: "vllm",
      subject: { ...keyed, endpoint: remote },
      expected: ["warning server.unhealthy"],
    },
  ];
  for (const each of cases) {
    it(`says ${String(each.expected)} of ${each.name}`, async () => {
      const { judgement, requests } = await climb(each);
      const found = judgement.findings.map(({ severity, code }) => `${severity} ${code}`);
      assert.deepEqual(found.length === 0 ? (judgement.status ?? "passed") : found, each.expected);
      assert.ok(judgement.evidence.length > 0 && judgement.evidence.every((line) => line !== ""));
      assert.doesNotMatch(JSON.stringify(requests), /sk-|authorization|server_info/i);
      assert.equal(requests.length, each.asks ?? requests.length);
    });
  }
});
