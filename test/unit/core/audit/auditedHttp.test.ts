import assert from "node:assert/strict";
import type { AuditEntry } from "../../../../src/core/audit/auditEntry.ts";
import { auditedHttp } from "../../../../src/core/audit/auditedHttp.ts";
import type { AuditPorts, Sender } from "../../../../src/core/audit/auditNote.ts";
import type {
  BodyStream,
  Http,
  HttpOutcome,
  HttpRequest,
  StreamOutcome,
} from "../../../../src/core/ports.ts";
import { notedEntries, type NotedEntries } from "../../../support/auditEntries.ts";
import {
  aBody,
  aFault,
  anEndpoint,
  aReply,
  aStreamReply,
  fakeClock,
  settled,
  type FakeClock,
} from "../../../support/builders.ts";

const request: HttpRequest = {
  method: "POST",
  url: "http://localhost:8000/v1/chat/completions?api_key=hidden",
  headers: {},
  body: '{"model":"qwen-test","messages":[]}',
  timeouts: { connectMs: 1000, firstByteMs: 1000, idleMs: 1000 },
  maxBytes: 1_000_000,
};
const key = "sk-0123456789abcdef";
const sender: Sender = {
  askedBy: "program",
  endpoint: anEndpoint({ key: { from: "env", name: "MY_KEY" } }),
  key: { kind: "key", value: key },
};
const usage = '{"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":34}}';
const chunk = (content: string): string =>
  `data: {"choices":[{"delta":{"content":"${content}"},"finish_reason":null}]}\n\n`;
const done = "data: [DONE]\n\n";

interface Noted extends NotedEntries {
  readonly http: Http;
  readonly clock: FakeClock;
  readonly only: () => AuditEntry;
}

function noted(
  answer: { readonly send?: HttpOutcome; readonly open?: StreamOutcome; readonly takesMs?: number },
  changes: Partial<AuditPorts> = {},
  from: Sender = sender,
): Noted {
  const clock = fakeClock();
  const bare: Http = {
    send: () => {
      clock.advance(answer.takesMs ?? 0);
      return answer.send === undefined
        ? Promise.reject(new Error("not asked"))
        : Promise.resolve(answer.send);
    },
    open: () => {
      clock.advance(answer.takesMs ?? 0);
      return answer.open === undefined
        ? Promise.reject(new Error("not asked"))
        : Promise.resolve(answer.open);
    },
  };
  const all = notedEntries(clock, changes);
  return {
    ...all,
    clock,
    http: auditedHttp(bare, from, all.ports),
    only: () => {
      assert.equal(all.entries.length, 1, "one entry a request");
      assert.equal(all.ports.underWay.size, 0);
      assert.equal(clock.pending(), 0, "no timer is left");
      return all.entries[0]!;
    },
  };
}

function streaming(body: BodyStream, changes: Parameters<typeof aStreamReply>[1] = {}): StreamOutcome {
  return { kind: "reply", reply: aStreamReply(body, changes) };
}

const signal = new AbortController().signal;

/** Reads a stream, all of it or so many pieces. */
async function read(
  http: Http,
  pieces = Infinity,
  given = signal,
): Promise<{ text: string; fault?: string }> {
  const outcome = await http.open(request, given);
  if (outcome.kind === "fault") return { text: "", fault: outcome.fault.code };
  let text = "";
  let count = 0;
  for await (const piece of outcome.reply.body) {
    text += Buffer.from(piece).toString();
    if (++count >= pieces) break;
  }
  const fault = outcome.reply.body.fault()?.code;
  return { text, ...(fault === undefined ? {} : { fault }) };
}

describe("auditedHttp, a request that is sent whole", () => {
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

describe("auditedHttp, a request whose reply streams", () => {
  it("passes bytes and fault on as they are, and counts them", async () => {
    const pieces = [chunk("a"), chunk("b"), `data: ${usage}\n\n`, done];
    const { http, only } = noted({ open: streaming(aBody(pieces)), takesMs: 7 });
    assert.deepEqual(await read(http), { text: pieces.join("") });
    const { status, firstByteMs, inputTokens, outputTokens, receivedBytes, failure, finding } = only();
    assert.deepEqual([status, firstByteMs, inputTokens, outputTokens], [200, 7, 12, 34]);
    assert.deepEqual([receivedBytes, failure, finding], [pieces.join("").length, undefined, undefined]);
  });

  it("finds the usage at the end of a stream that is longer than what is kept", async () => {
    const many = Array.from({ length: 5000 }, (_, index) => chunk(`word${index}`));
    const { http, only } = noted({ open: streaming(aBody([...many, `data: ${usage}\n\n`, done])) });
    await read(http);
    assert.deepEqual([only().inputTokens, only().outputTokens], [12, 34]);
  });

  it("says when the stream was cut, stalled or held an error", async () => {
    const cases = [
      [aBody([chunk("a")], aFault("ECONNRESET", { phase: "body" })), "ECONNRESET", "stream.cut"],
      [aBody([chunk("a")], aFault("TIMEOUT", { phase: "body", timer: "idle" })), "TIMEOUT", "stream.stalled"],
      [aBody([chunk("a"), 'data: {"error":{"message":"boom"}}\n\n']), undefined, "stream.error-event"],
      [aBody(['event: error\ndata: {"x":1}\n\n']), undefined, "stream.error-event"],
      [aBody([chunk("a"), done], aFault("ECONNRESET", { phase: "body" })), "ECONNRESET", undefined],
      [aBody([chunk("a")], aFault("ABORTED", { phase: "body" })), "ABORTED", undefined],
    ] as const;
    for (const [body, failure, finding] of cases) {
      const { http, only } = noted({ open: streaming(body) });
      await read(http);
      assert.deepEqual([only().failure, only().finding], [failure, finding]);
    }
  });

  it("judges a refusal, and a plain body under a 200, by their beginning", async () => {
    const refusal = { status: 401, headers: { "content-type": "application/json" } };
    const refused = noted({ open: streaming(aBody(['{"error":"Invalid token"}']), refusal) });
    await read(refused.http);
    assert.deepEqual([refused.only().status, refused.only().finding], [401, "auth.rejected"]);

    const page = { headers: { "content-type": "text/html" } };
    const html = noted({ open: streaming(aBody(["<html>"]), page) });
    await read(html.http);
    assert.equal(html.only().finding, "http.not-an-api");
  });

  it("is noted when it did not come to a reply", async () => {
    const { http, only } = noted({ open: { kind: "fault", fault: aFault("ENOTFOUND") } });
    assert.deepEqual(await read(http), { text: "", fault: "ENOTFOUND" });
    assert.deepEqual([only().failure, only().finding], ["ENOTFOUND", "name.not-found"]);
  });

  it("is over without a failure for a reader that leaves once the stream has said its end", async () => {
    const { http, only } = noted({ open: streaming(aBody([chunk("a"), done, ": rest\n\n"])) });
    await read(http, 2);
    assert.equal(only().failure, undefined);
  });

  it("is UNREAD for a reader that leaves before, and ABORTED for one that was stopped", async () => {
    const left = noted({ open: streaming(aBody([chunk("a"), chunk("b")])) });
    await read(left.http, 1);
    assert.equal(left.only().failure, "UNREAD");

    const stop = new AbortController();
    const stopped = noted({ open: streaming(aBody([chunk("a"), chunk("b")])) });
    stop.abort();
    await read(stopped.http, 1, stop.signal);
    assert.equal(stopped.only().failure, "ABORTED");
  });

  it("lets the body know that its reader left", async () => {
    let wasToldSo = false;
    const body: BodyStream = {
      fault: () => undefined,
      async *[Symbol.asyncIterator]() {
        try {
          for (;;) yield await Promise.resolve(Buffer.from(chunk("a")));
        } finally {
          wasToldSo = true;
        }
      },
    };
    await read(noted({ open: streaming(body) }).http, 1);
    assert.ok(wasToldSo);
  });

  it("asks for the next piece only when its reader does", async () => {
    let asked = 0;
    const body: BodyStream = {
      fault: () => undefined,
      async *[Symbol.asyncIterator]() {
        for (; asked < 10;) yield await Promise.resolve(Buffer.from([++asked]));
      },
    };
    const outcome = await noted({ open: streaming(body) }).http.open(request, signal);
    assert.ok(outcome.kind === "reply");
    const reader = outcome.reply.body[Symbol.asyncIterator]();
    await settled();
    assert.equal(asked, 0);
    await reader.next();
    await settled();
    assert.equal(asked, 1);
    await reader.return?.();
  });

  it("is noted after the idle time-out when nobody reads it", async () => {
    const { http, clock, entries, only } = noted({ open: streaming(aBody([chunk("a")])) });
    await http.open(request, signal);
    clock.advance(999);
    assert.equal(entries.length, 0);
    clock.advance(1);
    assert.equal(only().failure, "UNREAD");
  });

  it("is noted when nobody reads on, counted from the last piece that was taken", async () => {
    const { http, clock, entries, only } = noted({ open: streaming(aBody([chunk("a"), chunk("b")])) });
    const outcome = await http.open(request, signal);
    assert.ok(outcome.kind === "reply");
    clock.advance(900);
    await outcome.reply.body[Symbol.asyncIterator]().next();
    clock.advance(999);
    assert.equal(entries.length, 0);
    clock.advance(1);
    assert.equal(only().failure, "UNREAD");
  });

  it("is not given up while its reader waits for a slow server", async () => {
    const body: BodyStream = {
      fault: () => undefined,
      async *[Symbol.asyncIterator]() {
        await new Promise(() => undefined);
        yield new Uint8Array();
      },
    };
    const { http, clock, entries } = noted({ open: streaming(body) });
    const outcome = await http.open(request, signal);
    assert.ok(outcome.kind === "reply");
    void outcome.reply.body[Symbol.asyncIterator]().next();
    clock.advance(60_000);
    assert.equal(entries.length, 0);
  });

  it("is noted soon after it was cancelled, even if nobody reads on, and only once if somebody does", async () => {
    const stop = new AbortController();
    const { http, clock, only } = noted({ open: streaming(aBody([chunk("a"), chunk("b")])) });
    const outcome = await http.open(request, stop.signal);
    assert.ok(outcome.kind === "reply");
    const reader = outcome.reply.body[Symbol.asyncIterator]();
    await reader.next();
    stop.abort();
    clock.advance(1000);
    assert.equal(only().failure, "ABORTED");
    while ((await reader.next()).done !== true);
    assert.equal(only().failure, "ABORTED");
  });

  it("is noted as CLOSED when the window closes on it", async () => {
    const { http, ports, only } = noted({ open: streaming(aBody([chunk("a"), chunk("b")])) });
    const outcome = await http.open(request, signal);
    assert.ok(outcome.kind === "reply");
    await outcome.reply.body[Symbol.asyncIterator]().next();
    for (const close of ports.underWay) close("CLOSED");
    assert.deepEqual([only().failure, only().status, only().finding], ["CLOSED", 200, undefined]);
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
