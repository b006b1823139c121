import type { FindingCode } from "../../../src/core/diagnosis/finding.ts";
import type { Timeouts } from "../../../src/core/endpoint/timeouts.ts";
import {
  answerAfter,
  byteByByte,
  chunkedReply,
  closeAfterRequest,
  closeAtOnce,
  endMidBody,
  hugeModelsList,
  neverAnswer,
  rawReply,
  reply,
  resetAtOnce,
  resetMidBody,
  resetMidHeader,
  stallMidStream,
  type Behaviour,
} from "../../support/faultServer.ts";

/** A server that does the same to every request, and which finding each way of asking makes of it. */
export interface ServerFault {
  readonly name: string;
  readonly behaviour: () => Behaviour;
  readonly timeouts?: Partial<Timeouts>;
  /** Of a chat and of an embedding alike, unless `embedding` says otherwise. */
  readonly run: FindingCode;
  readonly embedding?: FindingCode;
  /** The first blocker of the ladder and the finding of the background check, unless `check` says otherwise. */
  readonly test: FindingCode;
  readonly check?: FindingCode;
}

const json = { "content-type": "application/json" };
const html = { "content-type": "text/html; charset=utf-8" };
const page = "<!doctype html><title>Sign in</title><h1>Sign in</h1>";
const whole = '{"object":"list","data":[]}';

export const serverFaults: readonly ServerFault[] = [
  {
    name: "never answers",
    behaviour: () => neverAnswer,
    timeouts: { firstByteMs: 150 },
    run: "http.timeout",
    test: "http.timeout",
  },
  {
    name: "answers after the time-out",
    behaviour: () => answerAfter(60_000, { body: whole }),
    timeouts: { firstByteMs: 150 },
    run: "http.timeout",
    test: "http.timeout",
  },
  { name: "closes at once", behaviour: () => closeAtOnce, run: "connect.reset", test: "connect.reset" },
  { name: "resets at once", behaviour: () => resetAtOnce, run: "connect.reset", test: "connect.reset" },
  {
    name: "closes after the request",
    behaviour: () => closeAfterRequest,
    run: "connect.reset",
    test: "connect.reset",
  },
  {
    name: "resets in a header",
    behaviour: () => resetMidHeader,
    run: "connect.reset",
    test: "connect.reset",
  },
  {
    name: "resets in the body",
    behaviour: () => resetMidBody({ headers: json, body: whole }),
    run: "http.truncated",
    test: "http.truncated",
  },
  {
    name: "ends in the body",
    behaviour: () => endMidBody({ headers: json, body: whole }),
    run: "http.truncated",
    test: "http.truncated",
  },
  {
    name: "stalls in the body",
    behaviour: () => stallMidStream(["{"], { headers: json }),
    timeouts: { idleMs: 150 },
    run: "stream.stalled",
    test: "stream.stalled",
  },
  {
    name: "drips for longer than the whole may take",
    behaviour: () => chunkedReply(Array<string>(3000).fill(" "), { pauseMs: 20, headers: json }),
    timeouts: { totalMs: 200, idleMs: 400 },
    run: "http.timeout",
    test: "http.timeout",
  },
  {
    name: "sends HTML with 200",
    behaviour: () => reply({ headers: html, body: page }),
    run: "http.not-an-api",
    test: "http.not-an-api",
  },
  {
    name: "sends HTML with 200 as if it were JSON",
    behaviour: () => reply({ headers: json, body: page }),
    run: "http.not-an-api",
    test: "http.not-an-api",
  },
  {
    name: "sends HTML with 502",
    behaviour: () => reply({ status: 502, headers: html, body: page }),
    run: "http.gateway",
    test: "http.gateway",
  },
  {
    name: "sends HTML with 404",
    behaviour: () => reply({ status: 404, headers: html, body: page }),
    run: "http.wrong-path",
    test: "http.wrong-path",
    check: "http.no-models-route",
  },
  {
    name: "sends an empty body",
    behaviour: () => reply({ headers: json }),
    run: "http.malformed",
    test: "http.malformed",
  },
  {
    name: "sends invalid JSON",
    behaviour: () => reply({ headers: json, body: '{"data": [' }),
    run: "http.malformed",
    test: "http.malformed",
  },
  {
    name: "sends invalid UTF-8",
    behaviour: () => reply({ headers: json, body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) }),
    run: "http.malformed",
    test: "http.malformed",
  },
  {
    name: "sends JSON that is something else",
    behaviour: () => reply({ headers: json, body: '{"hello":"world"}' }),
    run: "http.malformed",
    test: "http.malformed",
  },
  {
    name: "sends a picture",
    behaviour: () =>
      reply({ headers: { "content-type": "image/png" }, body: Buffer.from([0x89, 0x50, 0x4e, 0x47]) }),
    run: "http.not-an-api",
    test: "http.not-an-api",
  },
  {
    name: "sends 50 MB of models",
    behaviour: () => hugeModelsList(50_000_000),
    run: "http.malformed",
    test: "http.malformed",
  },
  {
    name: "speaks no HTTP",
    behaviour: () => rawReply("220 mail.invalid ESMTP\r\n"),
    run: "http.malformed",
    test: "http.malformed",
  },
  {
    name: "redirects to another origin",
    behaviour: () => reply({ status: 307, headers: { location: "http://elsewhere.invalid/" } }),
    run: "http.redirect",
    test: "http.redirect",
  },
  {
    name: "hides an error in a 200",
    behaviour: () => reply({ body: { error: "Something went wrong." } }),
    run: "http.error-in-200",
    test: "http.error-in-200",
  },
  {
    name: "refuses the key",
    behaviour: () => reply({ status: 401, body: { error: "Unauthorized" } }),
    run: "auth.rejected",
    test: "auth.rejected",
  },
  {
    name: "refuses the key without a word, a byte at a time",
    behaviour: () => byteByByte({ status: 401 }),
    run: "auth.rejected",
    test: "auth.rejected",
  },
  {
    name: "is busy",
    behaviour: () => reply({ status: 503, body: { error: { message: "The request queue is full." } } }),
    run: "server.overloaded",
    test: "server.overloaded",
  },
  {
    name: "is loading",
    behaviour: () => reply({ status: 503, body: { error: { message: "Loading model", code: 503 } } }),
    run: "server.loading",
    test: "server.loading",
  },
  {
    name: "has crashed",
    behaviour: () => reply({ status: 500, body: "Internal Server Error" }),
    run: "http.server-error",
    test: "http.server-error",
  },
  {
    name: "limits the rate",
    behaviour: () => reply({ status: 429, body: { detail: "Rate limit reached for the model." } }),
    run: "limit.rate",
    test: "limit.rate",
  },
];
