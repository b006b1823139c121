/** What went over the wire, kept for the report: secrets masked when it is recorded, and bodies cut. */

import { requestHeaders } from "../endpoint/requestHeaders.ts";
import type {
  BodyStream,
  Clock,
  Credentials,
  Http,
  HttpReply,
  HttpRequest,
  StreamOutcome,
} from "../ports.ts";
import { createRedactor } from "./redact.ts";

export interface Exchange {
  readonly method: string;
  /** Without its query, which may carry a key. */
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** At most 16 Ki characters; absent for a GET. */
  readonly requestBody?: string;
  /** Absent when no status line arrived. */
  readonly status?: number;
  readonly replyHeaders: Readonly<Record<string, string>>;
  /** At most 16 Ki characters of it. */
  readonly replyBody: string;
  /** The code of the fault that ended it. */
  readonly fault?: string;
  /** `variation`: not the rung's own request, but one that looked for the fix. */
  readonly role: "rung" | "variation";
  readonly durationMs: number;
}

const bodyKept = 16 * 1024;

/** Headers that carry a secret by their name; the redactor at the sink knows the values of the others. */
const secretHeader = /^(authorization|proxy-authorization|cookie|set-cookie)$|key|token|secret|password/i;

/** An Http that notes every exchange. */
export class Recorder {
  readonly #http: Http;
  readonly #clock: Clock;
  #noted: Exchange[] = [];
  #role: Exchange["role"] = "rung";
  /** Some servers echo a key in a header or an error, or hold it among their own settings. */
  readonly #redactor = createRedactor();

  constructor(http: Http, clock: Clock, credentials: Credentials) {
    this.#http = http;
    this.#clock = clock;
    secretsIn(requestHeaders(credentials)).forEach((secret) => this.#redactor.know(secret));
  }

  readonly http: Http = {
    send: async (request, signal) => {
      const startMs = this.#clock.now();
      const outcome = await this.#http.send(request, signal);
      const reply = outcome.kind === "fault" ? undefined : outcome.reply;
      this.#note(request, startMs, reply, outcome.kind === "reply" ? undefined : outcome.fault.code);
      return outcome;
    },
    open: async (request, signal) => {
      const startMs = this.#clock.now();
      const outcome = await this.#http.open(request, signal);
      if (outcome.kind === "fault") {
        this.#note(request, startMs, undefined, outcome.fault.code);
        return outcome;
      }
      return teed(outcome, (body, fault) => this.#note(request, startMs, { ...outcome.reply, body }, fault));
    },
  };

  /** From now on exchanges are noted in this role. */
  setRole(role: Exchange["role"]): void {
    this.#role = role;
  }

  /** What was noted since the last call. */
  take(): readonly Exchange[] {
    const taken = this.#noted;
    this.#noted = [];
    return taken;
  }

  #note(
    { method, url, headers, body }: HttpRequest,
    startMs: number,
    reply: Pick<HttpReply, "status" | "headers" | "body"> | undefined,
    fault: string | undefined,
  ): void {
    const clean = (text: string): string => this.#redactor.clean(text);
    this.#noted.push({
      method,
      url: url.replace(/[?#].*$/, ""),
      requestHeaders: masked(headers, clean),
      ...(body === undefined ? {} : { requestBody: clean(body.slice(0, bodyKept)) }),
      ...(reply === undefined ? {} : { status: reply.status }),
      replyHeaders: masked(reply?.headers ?? {}, clean),
      replyBody: clean((reply?.body ?? "").slice(0, bodyKept)),
      ...(fault === undefined ? {} : { fault }),
      role: this.#role,
      durationMs: this.#clock.now() - startMs,
    });
  }
}

type Opened = StreamOutcome & { readonly kind: "reply" };

/** Passes the body on and tells of its start once it has ended, or nobody reads on. */
function teed(outcome: Opened, ended: (body: string, fault: string | undefined) => void): Opened {
  const { body } = outcome.reply;
  const kept: BodyStream = {
    fault: () => body.fault(),
    async *[Symbol.asyncIterator]() {
      const decoder = new TextDecoder();
      let text = "";
      try {
        for await (const bytes of body) {
          text += text.length < bodyKept ? decoder.decode(bytes, { stream: true }) : "";
          yield bytes;
        }
      } finally {
        ended(text, body.fault()?.code);
      }
    },
  };
  return { kind: "reply", reply: { ...outcome.reply, body: kept } };
}

function secretsIn(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers)
    .filter(([name]) => secretHeader.test(name))
    .map(([, value]) => value.replace(scheme, ""));
}

function masked(
  headers: Readonly<Record<string, string>>,
  clean: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      clean(name),
      secretHeader.test(name) ? maskValue(value) : clean(value),
    ]),
  );
}

const scheme = /^(Bearer|Basic|Token) /i;

/** The scheme of an `Authorization` says much and betrays nothing. */
function maskValue(value: string): string {
  return `${scheme.exec(value)?.[0] ?? ""}•••`;
}
