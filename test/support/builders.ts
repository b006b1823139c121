/** Small values and fake ports for unit tests: each test names only what it is about. */

import type { Finding, FindingCode } from "../../src/core/diagnosis/finding.ts";
import type { Asked } from "../../src/core/diagnosis/judgeReply.ts";
import type { Report, Rung, RungId } from "../../src/core/diagnosis/report.ts";
import { blankRung } from "../../src/core/diagnosis/reportOf.ts";
import type { Subject } from "../../src/core/diagnosis/step.ts";
import type { Endpoint } from "../../src/core/endpoint/endpoint.ts";
import type {
  Agreements,
  BodyStream,
  Clock,
  Credentials,
  HandshakeOutcome,
  Http,
  HttpOutcome,
  HttpReply,
  HttpRequest,
  Keychain,
  NetworkFault,
  Sockets,
  StreamOutcome,
  StreamReply,
} from "../../src/core/ports.ts";
import type { SecretStore } from "../../src/io/keys/keyStore.ts";

export function anEndpoint(changes: Partial<Endpoint> = {}): Endpoint {
  return {
    id: "local",
    name: "Local",
    baseUrl: "http://localhost:8000/v1",
    protocol: "openai",
    models: {},
    key: { from: "none" },
    headers: {},
    tls: { verify: true },
    timeouts: { connectMs: 5000, firstByteMs: 60_000, idleMs: 120_000 },
    checkEverySeconds: 60,
    scope: "user",
    exposed: [],
    ...changes,
  };
}

export function aFinding(code: FindingCode, changes: Partial<Finding> = {}): Finding {
  return { code, severity: "blocker", evidence: [], fixes: [], ...changes };
}

export function aReport(changes: Partial<Report> = {}): Report {
  return {
    endpointId: "local",
    endpointName: "Local",
    baseUrl: "http://localhost:8000/v1",
    tasks: ["chat"],
    depth: "full",
    models: {},
    machine: "this computer",
    startedAtMs: 0,
    durationMs: 10,
    verdict: "healthy",
    rungs: [],
    findings: [],
    ...changes,
  };
}

/** A rung that passed. */
export function aRung(id: RungId, changes: Partial<Rung> = {}): Rung {
  return { ...blankRung(id, "passed"), ...changes };
}

export function someCredentials(changes: Partial<Credentials> = {}): Credentials {
  return { key: { kind: "none" }, headers: {}, ...changes };
}

/** What a test is about: `anEndpoint()`, without a key. */
export function aSubject(changes: Partial<Subject> = {}): Subject {
  return {
    endpoint: anEndpoint(),
    credentials: someCredentials(),
    tasks: ["chat"],
    taskChoice: "named",
    depth: "basic",
    platform: "linux",
    machine: "this computer",
    ...changes,
  };
}

/** What was asked of `anEndpoint()`. */
export function asked(changes: Partial<Asked> = {}): Asked {
  const baseUrl = changes.baseUrl ?? "http://localhost:8000/v1";
  return { method: "POST", url: `${baseUrl}/chat/completions`, baseUrl, key: { kind: "none" }, ...changes };
}

export function aReply(body: unknown, changes: Partial<HttpReply> = {}): HttpReply {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const headers = { "content-type": "application/json" };
  return { status: 200, headers, body: text, bytes: text.length, timings: {}, ...changes };
}

export function aFault(code: string, changes: Partial<NetworkFault> = {}): NetworkFault {
  return { phase: "connect", code, message: code, attempts: [], ...changes };
}

export const models = (...ids: readonly string[]): { readonly data: readonly { readonly id: string }[] } => ({
  data: ids.map((id) => ({ id })),
});

/** A body that arrives in these pieces, then ends whole or with the fault. */
export function aBody(pieces: readonly (Uint8Array | string)[], fault?: NetworkFault): BodyStream {
  const encoder = new TextEncoder();
  let seen: NetworkFault | undefined;
  return {
    fault: () => seen,
    async *[Symbol.asyncIterator]() {
      for (const piece of pieces) {
        yield await Promise.resolve(typeof piece === "string" ? encoder.encode(piece) : piece);
      }
      seen = fault;
    },
  };
}

export function aStreamReply(body: BodyStream, changes: Partial<StreamReply> = {}): StreamReply {
  return { status: 200, headers: { "content-type": "text/event-stream" }, body, ...changes };
}

export interface FakeHttp extends Http {
  readonly requests: readonly HttpRequest[];
}

/** Answers `"GET http://…"` from the table: a reply, an outcome, or a function of the request. Anything else is refused. */
export function fakeHttp(
  table: Readonly<Record<string, HttpReply | HttpOutcome | ((request: HttpRequest) => HttpReply)>>,
): FakeHttp {
  const requests: HttpRequest[] = [];
  const refused: HttpOutcome = { kind: "fault", fault: aFault("ECONNREFUSED") };
  const outcomeOf = (request: HttpRequest): HttpOutcome => {
    requests.push(request);
    const entry = table[`${request.method} ${request.url}`];
    const answer = typeof entry === "function" ? entry(request) : entry;
    return answer === undefined ? refused : "kind" in answer ? answer : { kind: "reply", reply: answer };
  };
  return {
    requests,
    send: (request) => Promise.resolve(outcomeOf(request)),
    open: (request) => Promise.resolve(opened(outcomeOf(request))),
  };
}

/** The same answer, its body in one piece. */
function opened(outcome: HttpOutcome): StreamOutcome {
  if (outcome.kind === "fault") {
    return outcome;
  }
  const { status, headers, body } = outcome.reply;
  const stream = aBody([body], outcome.kind === "cut" ? outcome.fault : undefined);
  return { kind: "reply", reply: aStreamReply(stream, { status, headers }) };
}

/** Hosts that are not named are not found, ports that are not named refuse. */
export function fakeSockets(
  table: {
    readonly hosts?: Readonly<Record<string, readonly string[]>>;
    /** By `"127.0.0.1 8000"`: `connected`, or the code it fails with. */
    readonly ports?: Readonly<Record<string, string>>;
    readonly handshake?: HandshakeOutcome;
  } = {},
): Sockets {
  const durationMs = 1;
  return {
    lookup(host) {
      const addresses = table.hosts?.[host];
      return Promise.resolve(
        addresses === undefined
          ? { kind: "fault", code: "ENOTFOUND", durationMs }
          : {
              kind: "found",
              durationMs,
              addresses: addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
            },
      );
    },
    connect(address, port) {
      const code = table.ports?.[`${address} ${port}`] ?? "ECONNREFUSED";
      return Promise.resolve(
        code === "connected"
          ? { kind: "connected", address, durationMs }
          : { kind: "fault", address, code, durationMs },
      );
    },
    handshake: () => Promise.resolve(table.handshake ?? { kind: "secured", protocol: "TLSv1.3", durationMs }),
  };
}

export interface FakeClock extends Clock {
  /** Moves time on and calls what falls due on the way, in its order. */
  advance(milliseconds: number): void;
  /** Timers that were set and neither fired nor were cancelled. */
  pending(): number;
}

export function fakeClock(): FakeClock {
  let now = 0;
  const timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();
  const nextDue = (end: number) =>
    [...timers].filter(({ atMs }) => atMs <= end).sort((a, b) => a.atMs - b.atMs)[0];
  return {
    now: () => now,
    epochMs: () => 1_000_000 + now,
    after(delayMs, callback) {
      const timer = { atMs: now + delayMs, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(milliseconds) {
      const end = now + milliseconds;
      for (let due = nextDue(end); due !== undefined; due = nextDue(end)) {
        timers.delete(due);
        now = Math.max(now, due.atMs);
        due.callback();
      }
      now = end;
    },
    pending: () => timers.size,
  };
}

/** Lets everything that waits on settled promises go on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Nothing was granted, plain http is refused, and no source was used before. */
export function fakeAgreements(changes: Partial<Agreements> = {}): Agreements {
  const bound = new Map<string, string>();
  return {
    isGranted: () => false,
    mayTravelPlain: () => false,
    boundOrigin: (name) => bound.get(name),
    bind: (name, origin) => Promise.resolve(void bound.set(name, origin)),
    ...changes,
  };
}

/** A keychain in memory; `entries` by `service/account`. */
export function fakeKeychain(entries: Map<string, string> = new Map()): Keychain {
  return {
    read: (service, account) => Promise.resolve(entries.get(`${service}/${account}`)),
    write: (service, account, key) => Promise.resolve(void entries.set(`${service}/${account}`, key)),
    clear: (service, account) => Promise.resolve(entries.delete(`${service}/${account}`)),
  };
}

export interface FakeSecrets extends SecretStore {
  readonly entries: Map<string, string>;
}

export function fakeSecrets(): FakeSecrets {
  const entries = new Map<string, string>();
  return {
    entries,
    get: (name) => Promise.resolve(entries.get(name)),
    store: (name, value) => Promise.resolve(void entries.set(name, value)),
    delete: (name) => Promise.resolve(void entries.delete(name)),
  };
}
