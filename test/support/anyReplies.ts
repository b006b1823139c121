/** Whatever a server, a proxy or a broken wire may answer, for property tests. */

import fc from "fast-check";

import type {
  BodyStream,
  Clock,
  HandshakeOutcome,
  Http,
  HttpOutcome,
  HttpReply,
  NetworkFault,
  Sockets,
  StreamOutcome,
} from "../../src/core/ports.ts";
import type { DiagnosisPorts } from "../../src/core/diagnosis/step.ts";
import { aBody } from "./builders.ts";
import { embeddingsReply, resultsReply } from "./vectorServer.ts";

/** Words that judges look for, as names of fields and as texts. */
const words = [
  ...[
    "data",
    "id",
    "object",
    "error",
    "errors",
    "detail",
    "message",
    "code",
    "type",
    "status",
    "version",
    "model",
  ],
  ...[
    "choices",
    "delta",
    "content",
    "reasoning",
    "reasoning_content",
    "tool_calls",
    "function",
    "arguments",
    "name",
  ],
  ...[
    "finish_reason",
    "usage",
    "prompt_tokens",
    "embedding",
    "index",
    "results",
    "output",
    "score",
    "paths",
    "root",
  ],
  ...[
    "relevance_score",
    "owned_by",
    "max_model_len",
    "is_generation",
    "__proto__",
    "constructor",
    "toString",
    "",
  ],
];
const word = fc.constantFrom(...words);

/** JSON that has the names of real replies and nothing else of them. */
const oddValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(null, true, 0, -1, 1e308, 0.5, ""),
    fc.string(),
    word,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(word, tie("value"), { maxKeys: 5 }),
  ),
})).value;

const usualBodies: readonly unknown[] = [
  { data: [{ id: "m", owned_by: "vllm", root: "/models/m" }] },
  { choices: [{ message: { content: "pong", reasoning_content: null }, finish_reason: "stop" }] },
  embeddingsReply([{ index: 0, embedding: [0.6, 0.8] }]).body,
  embeddingsReply([
    { index: 1, embedding: [0.6, 0.8] },
    { index: 0, embedding: "AACAPw==" },
  ]).body,
  resultsReply([0, 0.1, 0.9, 0]).body,
  [{ index: 0, score: 0.5 }],
  { error: { message: "The model `m` does not exist.", code: 404 } },
  { detail: "Not Found" },
];

const eventStream = fc
  .array(
    fc.tuple(
      fc.constantFrom("data: ", "event: error\ndata: ", ":", "id: ", ""),
      fc.oneof(fc.json(), fc.string()),
    ),
  )
  .map((events) => events.map((event) => `${event.join("")}\n\n`).join(""));

export const anyBody: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...usualBodies).map((body) => JSON.stringify(body)),
  oddValue.map((body) => JSON.stringify(body)),
  fc.json(),
  fc.string({ unit: "binary" }),
  eventStream,
  fc.constantFrom("", "<html><body>502 Bad Gateway</body></html>", "[".repeat(2000), '{"a":'.repeat(2000)),
);

const anyHeaders = fc.dictionary(
  fc.oneof(
    fc.constantFrom("content-type", "server", "location", "retry-after", "via", "allow", "date"),
    fc.string(),
  ),
  fc.oneof(
    fc.constantFrom("application/json", "text/html", "text/event-stream", "uvicorn", "llama.cpp", "/x?y=1"),
    fc.string({ unit: "binary" }),
  ),
  { maxKeys: 4 },
);

const anyFault: fc.Arbitrary<NetworkFault> = fc.record({
  phase: fc.constantFrom("name", "connect", "tls", "send", "headers", "body"),
  code: fc.oneof(
    fc.constantFrom("ECONNREFUSED", "TIMEOUT", "TOO_LARGE", "ABORTED", "HPE_INVALID_CONSTANT"),
    fc.string(),
  ),
  message: fc.string(),
  attempts: fc.array(fc.record({ address: fc.string(), code: fc.string() }), { maxLength: 2 }),
});

export const anyReply: fc.Arbitrary<HttpReply> = fc
  .record({
    status: fc.oneof(
      { arbitrary: fc.constant(200), weight: 4 },
      { arbitrary: fc.constantFrom(400, 401, 403, 404, 405, 422, 429, 500, 503), weight: 2 },
      { arbitrary: fc.integer({ min: 100, max: 599 }), weight: 1 },
    ),
    headers: anyHeaders,
    body: anyBody,
  })
  .map((reply) => ({ ...reply, bytes: reply.body.length, timings: {} }));

export const anyOutcome: fc.Arbitrary<HttpOutcome> = fc.oneof(
  { weight: 8, arbitrary: anyReply.map((reply) => ({ kind: "reply", reply }) as const) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("cut" as const), reply: anyReply, fault: anyFault }),
  },
  { weight: 1, arbitrary: anyFault.map((fault) => ({ kind: "fault", fault }) as const) },
);

/** The bytes of a text in pieces, or bytes that are no text. */
const anyPieces: fc.Arbitrary<readonly Uint8Array[]> = fc.oneof(
  fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 5 }),
  fc.tuple(eventStream, fc.integer({ min: 1, max: 50 })).map(([text, size]) => {
    const bytes = new TextEncoder().encode(text);
    return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.slice(index * size, (index + 1) * size),
    );
  }),
);

/** A stream with these pieces, whole or not. */
export interface AnyStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: readonly Uint8Array[];
  readonly fault: NetworkFault | undefined;
  readonly kind: "reply" | "fault";
}

export const anyStream: fc.Arbitrary<AnyStream> = fc.record({
  status: fc.oneof(
    { arbitrary: fc.constant(200), weight: 4 },
    { arbitrary: fc.integer({ min: 100, max: 599 }), weight: 1 },
  ),
  headers: anyHeaders,
  pieces: anyPieces,
  fault: fc.option(anyFault, { nil: undefined }),
  kind: fc.constantFrom("reply", "reply", "reply", "fault"),
});

export const anyHandshake: fc.Arbitrary<HandshakeOutcome> = fc.oneof(
  fc.constant<HandshakeOutcome>({ kind: "secured", protocol: "TLSv1.3", durationMs: 1 }),
  fc.record({
    kind: fc.constant("fault" as const),
    code: fc.constantFrom("DEPTH_ZERO_SELF_SIGNED_CERT", "CERT_HAS_EXPIRED", "EPROTO", "ECONNRESET", ""),
    message: fc.string(),
    durationMs: fc.constant(1),
  }),
);

export interface AnyWorld {
  readonly outcomes: readonly HttpOutcome[];
  readonly streams: readonly AnyStream[];
  readonly handshake: HandshakeOutcome;
}

export const anyWorld: fc.Arbitrary<AnyWorld> = fc.record({
  outcomes: fc.array(anyOutcome, { minLength: 1, maxLength: 8 }),
  streams: fc.array(anyStream, { minLength: 1, maxLength: 4 }),
  handshake: anyHandshake,
});

/** Answers one request after the other with these, round and round; every name is found and every port open. */
export function portsOf({ outcomes, streams, handshake }: AnyWorld): DiagnosisPorts {
  const next = <T>(list: readonly T[]): (() => T) => {
    let place = 0;
    return () => list[place++ % list.length]!;
  };
  const nextOutcome = next(outcomes);
  const nextStream = next(streams);
  const http: Http = {
    send: () => Promise.resolve(nextOutcome()),
    open: () => Promise.resolve(opened(nextStream())),
  };
  const durationMs = 1;
  const sockets: Sockets = {
    lookup: () =>
      Promise.resolve({ kind: "found", durationMs, addresses: [{ address: "127.0.0.1", family: 4 }] }),
    connect: (address) => Promise.resolve({ kind: "connected", address, durationMs }),
    handshake: () => Promise.resolve(handshake),
  };
  return { http, sockets, clock: tickingClock() };
}

function opened({ kind, status, headers, pieces, fault }: AnyStream): StreamOutcome {
  const body: BodyStream = aBody(pieces, fault);
  return kind === "fault" && fault !== undefined
    ? { kind, fault }
    : { kind: "reply", reply: { status, headers, body } };
}

/** Time goes on with every look at it, and every timer fires as soon as it may. */
function tickingClock(): Clock {
  let now = 0;
  return {
    now: () => (now += 1),
    epochMs: () => 1_000_000 + now,
    after(_delayMs, callback) {
      const timer = setImmediate(callback);
      return () => clearImmediate(timer);
    },
  };
}
