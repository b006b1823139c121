import assert from "node:assert/strict";

import { checkHealth } from "../../../../src/core/endpoint/checkHealth.ts";
import { unknownHealth } from "../../../../src/core/endpoint/health.ts";
import { requestHeaders } from "../../../../src/core/endpoint/requestHeaders.ts";
import { heedRefusals } from "../../../../src/core/keys/heedRefusals.ts";
import type { HttpRequest, KeyReading } from "../../../../src/core/ports.ts";
import {
  aReply,
  anEndpoint,
  fakeClock,
  fakeHttp,
  models,
  someCredentials,
} from "../../../support/builders.ts";

const command = { from: "command", command: ["vault"], cacheSeconds: 300, timeoutSeconds: 10 } as const;
const endpoint = anEndpoint({ key: command });
const url = "http://localhost:8000/v1/models";
const key: KeyReading = { kind: "key", value: "sk-printed" };
const signal = new AbortController().signal;
const { timeouts } = endpoint;

function bench(status: number, of = endpoint) {
  const refused: string[] = [];
  const http = fakeHttp({ [`GET ${url}`]: aReply(models(), { status }) });
  const vault = { refused: (_endpoint: unknown, value: string) => void refused.push(value) };
  const httpFor = heedRefusals(() => http, vault);
  const way = httpFor({ askedBy: "command", endpoint: of, key });
  const request = (headers: HttpRequest["headers"]): HttpRequest => ({
    ...{ method: "GET", url, timeouts, maxBytes: 1000 },
    headers,
  });
  return { refused, way, httpFor, request };
}

const withKey = requestHeaders(someCredentials({ key }));

describe("heedRefusals", () => {
  for (const ask of ["send", "open"] as const) {
    it(`tells the vault of a 401 for a key that a command printed (${ask})`, async () => {
      const { refused, way, request } = bench(401);
      await way[ask](request(withKey), signal);
      assert.deepEqual(refused, ["sk-printed"]);
    });
  }

  it("of a background check's, too", async () => {
    const { refused, httpFor } = bench(401);
    const vault = { read: () => Promise.resolve(someCredentials({ key })), refused: () => undefined };
    await checkHealth(endpoint, unknownHealth, { httpFor, vault, clock: fakeClock() }, signal);
    assert.deepEqual(refused, ["sk-printed"]);
  });

  const quiet: readonly { name: string; status: number; headers: HttpRequest["headers"] }[] = [
    { name: "another status", status: 403, headers: withKey },
    { name: "an accepted key", status: 200, headers: withKey },
    { name: "a request without the key", status: 401, headers: {} },
    {
      name: "a header of the endpoint's own in its place",
      status: 401,
      headers: { authorization: "Token x" },
    },
  ];
  for (const { name, status, headers } of quiet) {
    it(`says nothing after ${name}`, async () => {
      const { refused, way, request } = bench(status);
      await way.send(request(headers), signal);
      assert.deepEqual(refused, []);
    });
  }

  it("says nothing of a key from elsewhere, or when no reply came", async () => {
    const stored = bench(401, anEndpoint({ key: { from: "secret" } }));
    await stored.way.send(stored.request(withKey), signal);
    const { refused, way, request } = bench(401);
    await way.send({ ...request(withKey), url: "http://localhost:1/" }, signal);
    assert.deepEqual([...stored.refused, ...refused], []);
  });
});
