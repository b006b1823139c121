import assert from "node:assert/strict";

import { createWireRecorder } from "../../../../src/core/chat/recordWire.ts";
import type { WireExchange } from "../../../../src/core/chat/runWire.ts";
import { eventsText, exchangeText } from "../../../../src/core/chat/wireText.ts";
import { createRedactor } from "../../../../src/core/diagnosis/redact.ts";
import { requestHeaders } from "../../../../src/core/endpoint/requestHeaders.ts";
import type {
  BodyStream,
  Http,
  HttpRequest,
  NetworkFault,
  StreamOutcome,
} from "../../../../src/core/ports.ts";
import {
  aBody,
  aFault,
  anEndpoint,
  aReply,
  aStreamReply,
  fakeClock,
  fakeHttp,
  someCredentials,
} from "../../../support/builders.ts";
import { chatStreams, data, delta, done, encode, hello } from "../../../support/chatStreams.ts";

const key = "sk-secret-0123456789";
const credentials = someCredentials({
  key: { kind: "key", value: key },
  headers: { "X-Team": "search", "X-Api-Key": "other-secret" },
});
const request: HttpRequest = {
  method: "POST",
  url: `http://localhost:8000/v1/chat/completions?token=${key}`,
  headers: requestHeaders(credentials),
  body: '{"stream":true}',
  timeouts: anEndpoint().timeouts,
  maxBytes: 1_000_000,
};
const unaborted = new AbortController().signal;

interface Read {
  readonly atMs: number;
  readonly bytes: string | Uint8Array;
}

/** Records a reply whose reads come at these times after the request was sent. */
async function recorded(
  reads: readonly Read[],
  options: {
    readonly fault?: NetworkFault;
    readonly headers?: Readonly<Record<string, string>>;
    readonly kept?: number;
    readonly body?: string;
    readonly looks?: "at-each-read";
    readonly take?: number;
  } = {},
): Promise<{ readonly exchange: WireExchange; readonly passedOn: string }> {
  const clock = fakeClock();
  clock.advance(1_000);
  const pieces = aBody(
    reads.map(({ bytes }) => bytes),
    options.fault,
  );
  const body: BodyStream = {
    fault: () => pieces.fault(),
    async *[Symbol.asyncIterator]() {
      let place = 0;
      for await (const bytes of pieces) {
        clock.advance(1_000 + (reads[place++]?.atMs ?? 0) - clock.now());
        yield bytes;
      }
      clock.advance(5);
    },
  };
  const headers = options.headers ?? { "content-type": "text/event-stream" };
  const outcome: StreamOutcome = { kind: "reply", reply: aStreamReply(body, { headers }) };
  const http: Http = { ...fakeHttp({}), open: () => Promise.resolve(outcome) };
  const recorder = createWireRecorder(clock, createRedactor(), options.kept);
  const sent = options.body === undefined ? request : { ...request, body: options.body };
  const opened = await recorder.through(http, credentials).open(sent, unaborted);
  const passedOn: Uint8Array[] = [];
  const exchange = recorder.exchanges()[0]!;
  if (opened.kind === "reply") {
    for await (const bytes of opened.reply.body) {
      passedOn.push(bytes);
      if (options.looks === "at-each-read") {
        assert.ok(exchange.events.length >= 0);
      }
      if (passedOn.length === options.take) {
        break;
      }
    }
  }
  return { exchange, passedOn: Buffer.concat(passedOn).toString() };
}

const timesOf = ({ events }: WireExchange) => events.map(({ atMs, kind, text }) => [atMs, kind, text]);

describe("the record of a run's bytes", () => {
  it("has what was sent and what came, the key in neither", async () => {
    const text = data({ echo: key }) + done;
    const { exchange, passedOn } = await recorded([{ atMs: 3, bytes: text }], {
      headers: { "content-type": "text/event-stream", "set-cookie": "a=b", "x-echo": key, server: "uvicorn" },
    });
    assert.equal(exchange.method, "POST");
    assert.equal(exchange.url, "http://localhost:8000/v1/chat/completions");
    assert.equal(exchange.requestHeaders["authorization"], "Bearer •••");
    assert.equal(exchange.requestHeaders["x-api-key"], "•••");
    assert.equal(exchange.requestHeaders["x-team"], "search");
    assert.deepEqual(exchange.replyHeaders, {
      "content-type": "text/event-stream",
      "set-cookie": "•••",
      "x-echo": "•••",
      server: "uvicorn",
    });
    assert.equal(exchange.requestBody, '{"stream":true}');
    assert.equal(exchange.replyBody, text.replace(key, "•••"));
    assert.deepEqual([exchange.status, exchange.fault], [200, undefined]);
    assert.equal(passedOn, text, "what passes on is as it came");
  });

  it("removes a secret that is split over two reads, wherever that is", async () => {
    const text = data({ text: key });
    for (let at = 1; at < text.length; at++) {
      const { exchange } = await recorded([
        { atMs: 1, bytes: text.slice(0, at) },
        { atMs: 2, bytes: text.slice(at) },
      ]);
      assert.equal(exchange.replyBody, data({ text: "•••" }), `split after ${at}`);
      assert.equal(exchange.events[0]?.text, '{"text":"•••"}');
    }
  });

  it("removes a secret that is spelt over several events, from the events, the body and what is copied", async () => {
    const pieces = ["The key: sk-", "secret-", "0123456789", "."].map((content) => delta({ content }));
    const { exchange } = await recorded(
      pieces.map((bytes, atMs) => ({ atMs, bytes })),
      { looks: "at-each-read" },
    );
    const clean = ["The key: •••", "", "", "."].map((content) => delta({ content })).join("");
    assert.equal(exchange.replyBody, clean);
    assert.ok(exchangeText(exchange).endsWith(clean));
    assert.doesNotMatch(eventsText(exchange.events), /secret-|0123456789|sk-/);
    assert.deepEqual(
      timesOf(exchange).map(([atMs]) => atMs),
      [0, 1, 2, 3, 8],
    );
  });

  it("removes a secret that becomes known after it was recorded", async () => {
    const redactor = createRedactor();
    const recorder = createWireRecorder(fakeClock(), redactor);
    const url = request.url;
    const http = recorder.through(
      fakeHttp({ [`POST ${url}`]: aReply({ text: "late-secret" }) }),
      credentials,
    );
    await http.send({ ...request, body: "late-secret" }, unaborted);
    redactor.know("late-secret");
    const [exchange] = recorder.exchanges();
    assert.deepEqual([exchange?.requestBody, exchange?.replyBody], ["•••", '{"text":"•••"}']);
  });

  it("gives an event the time of the read that completed it", async () => {
    const { exchange } = await recorded([
      { atMs: 10, bytes: "data: on" },
      { atMs: 12, bytes: "e\n" },
      { atMs: 15, bytes: "\ndata: two\n\n: ping\n" },
      { atMs: 30, bytes: "\nevent: note\ndata: a\ndata: b\n\n" },
      { atMs: 41, bytes: "data:\n\n" },
    ]);
    assert.deepEqual(timesOf(exchange), [
      [15, "data", "one"],
      [15, "data", "two"],
      [15, "comment", "ping"],
      [30, "data", "a\nb"],
      [41, "data", ""],
      [46, "end", ""],
    ]);
    assert.deepEqual(
      exchange.events.map(({ name }) => name),
      [undefined, undefined, undefined, "note", undefined, undefined],
    );
  });

  it("gives the same events with CRLF, wherever it is split, and however often one looks", async () => {
    const text = "event: note\r\ndata: a\r\ndata: b\r\n\r\n: ping\r\n\r\ndata: c\r\n\r\n";
    for (let at = 1; at < text.length; at++) {
      const reads = [
        { atMs: 1, bytes: text.slice(0, at) },
        { atMs: 2, bytes: text.slice(at) },
      ];
      const { exchange } = await recorded(reads, { looks: "at-each-read" });
      assert.deepEqual(
        exchange.events.map(({ kind, name, text: each }) => [kind, name, each]),
        [
          ["data", "note", "a\nb"],
          ["comment", undefined, "ping"],
          ["data", undefined, "c"],
          ["end", undefined, ""],
        ],
      );
    }
  });

  it("says where a fault ended the stream, and shows no half event", async () => {
    const reads = [{ atMs: 7, bytes: "data: one\n\ndata: tw" }];
    const { exchange } = await recorded(reads, { fault: aFault("ECONNRESET") });
    assert.deepEqual(timesOf(exchange), [
      [7, "data", "one"],
      [12, "end", "ECONNRESET"],
    ]);
    assert.equal(exchange.fault, "ECONNRESET");
    assert.equal(exchange.replyBody, "data: one\n\ndata: tw");
  });

  it("says nothing of an end that nobody waited for", async () => {
    const reads = [
      { atMs: 7, bytes: done },
      { atMs: 9, bytes: "more" },
    ];
    const { exchange } = await recorded(reads, { take: 1 });
    assert.deepEqual(timesOf(exchange), [[7, "data", "[DONE]"]]);
  });

  for (const { name, bytes, type } of chatStreams) {
    it(`has the text of a stream a byte a read as it came: ${name}`, async () => {
      const reads = Array.from(bytes, (_, index) => ({
        atMs: index,
        bytes: bytes.subarray(index, index + 1),
      }));
      const headers = { "content-type": type ?? "text/event-stream" };
      const { exchange, passedOn } = await recorded(reads, { headers });
      // The mark at the start is no text of the body.
      assert.equal(exchange.replyBody, new TextDecoder().decode(bytes));
      assert.equal(passedOn, Buffer.from(bytes).toString());
    });
  }

  it("has no events of a reply that is no stream, whatever its type says", async () => {
    const reads = [{ atMs: 1, bytes: '{"error":"data: x"}' }];
    assert.deepEqual((await recorded(reads)).exchange.events, []);
    const html = { headers: { "content-type": "text/html" } };
    assert.deepEqual((await recorded([{ atMs: 1, bytes: "<p>" }], html)).exchange.events, []);
  });

  it("has the events of a stream under a wrong type", async () => {
    const reads = [{ atMs: 1, bytes: done }];
    const { exchange } = await recorded(reads, { headers: { "content-type": "text/plain" } });
    assert.equal(exchange.events.length, 2);
  });

  it("keeps so much, says how much was cut, and passes on all of it", async () => {
    const reads = Array.from({ length: 4 }, (_, atMs) => ({ atMs, bytes: "x".repeat(40) }));
    const { exchange, passedOn } = await recorded(reads, { kept: 200, body: "y".repeat(150) });
    assert.deepEqual([exchange.requestBody.length, exchange.requestCut], [100, 50]);
    assert.deepEqual([exchange.replyBody.length, exchange.replyCut], [100, 60]);
    assert.equal(passedOn.length, 160);
  });

  it("reads a stream of 100,000 events, each a read", async () => {
    const reads = Array.from({ length: 100_000 }, (_, index) => ({
      atMs: index,
      bytes: `data: ${index}\n\n`,
    }));
    const { exchange } = await recorded(reads);
    assert.equal(exchange.events.length, 100_001);
    assert.deepEqual(exchange.events[99_999], { atMs: 99_999, kind: "data", text: "99999" });
  });

  it("notes a fault before any reply, and whole replies", async () => {
    const recorder = createWireRecorder(fakeClock(), createRedactor());
    const http = recorder.through(fakeHttp({ "GET http://h/v1/models": aReply({ data: [] }) }), credentials);
    await http.send({ ...request, method: "GET", url: "http://h/v1/models" }, unaborted);
    await http.open(request, unaborted);
    const [models, refused] = recorder.exchanges();
    assert.deepEqual([models?.status, models?.replyBody], [200, '{"data":[]}']);
    assert.deepEqual([refused?.status, refused?.fault, refused?.replyBody], [undefined, "ECONNREFUSED", ""]);
  });

  it("shows a stream that goes on as far as it has come", async () => {
    const clock = fakeClock();
    const recorder = createWireRecorder(clock, createRedactor());
    const pieces = [delta({ content: "a" }), hello].map(encode);
    const reply = aStreamReply(aBody(pieces));
    const http: Http = { ...fakeHttp({}), open: () => Promise.resolve({ kind: "reply", reply }) };
    const opened = await recorder.through(http, credentials).open(request, unaborted);
    assert.ok(opened.kind === "reply");
    const [exchange] = recorder.exchanges();
    const counts: (number | undefined)[] = [];
    for await (const bytes of opened.reply.body) {
      assert.ok(bytes.length > 0);
      clock.advance(10);
      counts.push(exchange?.events.length, exchange?.durationMs);
    }
    assert.deepEqual(counts, [1, 10, 5, 20]);
    assert.equal(exchange?.events.length, 6);
  });
});
