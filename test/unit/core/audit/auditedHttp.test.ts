import assert from "node:assert/strict";
import type { HttpOutcome } from "../../../../src/core/ports.ts";
import {
  key,
  noted,
  request,
  signal,
  usage,
  read,
  streaming,
  chunk,
  done,
} from "../../../support/auditedWorld.ts";
import { aBody, aFault, aReply } from "../../../support/builders.ts";

describe("auditedHttp, a request that is sent whole", () => {
  it("names no key where none went along, as to a neighbour", async () => {
    const { http, only } = noted({ send: { kind: "reply", reply: aReply(usage) } });
    await http.send({ ...request, headers: {} }, signal);
    assert.equal(only().key, undefined);
  });

  it("is one entry with everything that is known of it, and passes the outcome on as it is", async () => {
    const send: HttpOutcome = { kind: "reply", reply: aReply(usage, { timings: { firstByteMs: 5.04 } }) };
    const { http, only } = noted({ send, takesMs: 20 });
    assert.equal(await http.send(request, signal), send);
    assert.deepEqual(only(), {
      v: 1,
      time: "1970-01-01T00:16:40.000Z",
      askedBy: "program",
      endpoint: "local",
      origin: "http://localhost:8000",
      method: "POST",
      path: "/v1/chat/completions",
      task: "chat",
      model: "qwen-test",
      sentBytes: 35,
      key: "env MY_KEY …cdef",
      machine: "local",
      window: "11223344",
      status: 200,
      durationMs: 20,
      firstByteMs: 5,
      inputTokens: 12,
      outputTokens: 34,
      receivedBytes: usage.length,
    });
  });

  it("says the finding of an error, of a network that does not answer and of a reply that was cut", async () => {
    const refused = noted({ send: { kind: "fault", fault: aFault("ECONNREFUSED") } });
    await refused.http.send(request, signal);
    const { status, failure, finding, receivedBytes } = refused.only();
    assert.deepEqual(
      [status, failure, finding, receivedBytes],
      [undefined, "ECONNREFUSED", "connect.refused", 0],
    );

    const limited = noted({
      send: { kind: "reply", reply: aReply({ error: "slow down" }, { status: 429 }) },
    });
    await limited.http.send(request, signal);
    assert.deepEqual([limited.only().status, limited.only().finding], [429, "limit.rate"]);

    const cut = noted({
      send: { kind: "cut", reply: aReply("{"), fault: aFault("ECONNRESET", { phase: "body" }) },
    });
    await cut.http.send(request, signal);
    const { failure: why, finding: what, receivedBytes: some } = cut.only();
    assert.deepEqual([why, what, some], ["ECONNRESET", "http.truncated", 1]);
  });

  it("takes a cancelled request for no fault of anybody", async () => {
    const { http, only } = noted({ send: { kind: "fault", fault: aFault("ABORTED") } });
    await http.send(request, signal);
    assert.deepEqual([only().failure, only().finding], ["ABORTED", undefined]);
  });

  it("does not judge free questions, whose answers have no form of their own", async () => {
    const { http, only } = noted({ send: { kind: "reply", reply: aReply("") } });
    await http.send({ ...request, method: "GET", url: "http://localhost:8000/health" }, signal);
    assert.deepEqual([only().task, only().finding], ["models", undefined]);
  });

  it("has neither endpoint nor key where it is about none, and no path where the URL is none", async () => {
    const { http, only } = noted(
      { send: { kind: "fault", fault: aFault("ERR_INVALID_URL") } },
      {},
      { askedBy: "command" },
    );
    await http.send({ ...request, url: "no url" }, signal);
    const entry = only();
    assert.ok(!("endpoint" in entry) && !("key" in entry));
    assert.deepEqual([entry.origin, entry.path, entry.finding], ["", "", "address.invalid"]);
  });

  it("never holds the query or the credentials of a URL", async () => {
    const { http, only } = noted({ send: { kind: "reply", reply: aReply({}) } });
    await http.send({ ...request, url: `http://me:${key}@localhost:8000/v1/models?key=${key}` }, signal);
    assert.doesNotMatch(JSON.stringify(only()), /0123/);
    assert.equal(only().path, "/v1/models");
  });

  it("is noted even where our own transport breaks its promise", async () => {
    const { http, only } = noted({});
    await assert.rejects(http.send(request, signal), /not asked/);
    assert.equal(only().failure, "THROWN");
  });

  it("finds the model in a body too large to be parsed", async () => {
    const { http, only } = noted({ send: { kind: "reply", reply: aReply({}) } });
    const body = JSON.stringify({ model: 'a "b"', input: "x".repeat(2_000_000) });
    await http.send({ ...request, body }, signal);
    assert.deepEqual([only().model, only().sentBytes], ['a "b"', body.length]);
  });
});

describe("auditedHttp, content", () => {
  it("is not kept unless the user wants it", async () => {
    const { http, only } = noted({ send: { kind: "reply", reply: aReply({ secret: "of mine" }) } });
    await http.send(request, signal);
    assert.ok(!("prompt" in only()) && !("reply" in only()));
  });

  it("is kept when wanted: what was sent, and what the answer adds up to", async () => {
    const pieces = [chunk("for"), chunk("ty-two"), done];
    const { http, only } = noted({ open: streaming(aBody(pieces)) }, { keepsContent: () => true });
    await read(http);
    assert.deepEqual([only().prompt, only().reply], [request.body, "forty-two"]);
  });

  it("is cut where it is long", async () => {
    const send: HttpOutcome = { kind: "reply", reply: aReply("y".repeat(100_000)) };
    const { http, only } = noted({ send }, { keepsContent: () => true });
    await http.send({ ...request, body: "x".repeat(100_000) }, signal);
    assert.deepEqual([only().prompt?.length, only().reply?.length], [65_537, 65_537]);
    assert.ok(only().prompt?.endsWith("…") === true && only().reply?.endsWith("…") === true);
  });
});
