/** Notes what goes over the wire for the report: secrets masked, and bodies cut. */

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
import type { Exchange } from "./exchange.ts";
import { maskedHeaders, secretsIn } from "./maskedHeaders.ts";
import { createRedactor } from "./redact.ts";

const bodyKept = 16 * 1024;

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
      requestHeaders: maskedHeaders(headers, clean),
      ...(body === undefined ? {} : { requestBody: clean(body.slice(0, bodyKept)) }),
      ...(reply === undefined ? {} : { status: reply.status }),
      replyHeaders: maskedHeaders(reply?.headers ?? {}, clean),
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
