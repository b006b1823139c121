import assert from "node:assert/strict";
import type { BodyStream } from "../../../../src/core/ports.ts";
import {
  chunk,
  done,
  noted,
  read,
  request,
  signal,
  streaming,
  usage,
} from "../../../support/auditedWorld.ts";
import { aBody, aFault, settled } from "../../../support/builders.ts";

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
