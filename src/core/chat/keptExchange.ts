/** One request and its reply, kept while it goes on. Decoded, cleaned of secrets and parsed when somebody looks, and then only what is new. */

import { isEventStream } from "../audit/auditFinding.ts";
import { maskedHeaders } from "../diagnosis/maskedHeaders.ts";
import type { Redactor } from "../diagnosis/redact.ts";
import type { Clock, HttpRequest } from "../ports.ts";
import { ArrivedBytes } from "./arrivedBytes.ts";
import type { WireEvent, WireExchange } from "./runWire.ts";
import { createWireEventReader, type WireEventReader } from "./wireEvents.ts";

/** What is left to be kept of a run's bodies: characters of requests, bytes of replies. */
export interface KeptRoom {
  left: number;
}

type Headers = Readonly<Record<string, string>>;

/** So many characters tell whether a reply is an event stream. */
const telling = 6;

export class KeptExchange implements WireExchange {
  readonly method: string;
  readonly requestCut: number;
  readonly #clock: Clock;
  readonly #redactor: Redactor;
  readonly #room: KeptRoom;
  readonly #startMs: number;
  readonly #request: { readonly url: string; readonly headers: Headers; readonly body: string };
  readonly #arrived = new ArrivedBytes();
  #reply: { readonly status: number; readonly headers: Headers } | undefined;
  #replyCut = 0;
  #ended: { readonly atMs: number; readonly fault?: string; readonly how: "closed" | "left" } | undefined;
  readonly #read: ReadBody;
  #cleanRequest: string | undefined;
  /** Of a body of that length. */
  #cleanReply = { of: 0, text: "" };
  #cleanEvents: readonly WireEvent[] = [];

  constructor(
    { method, url, headers, body = "" }: HttpRequest,
    room: KeptRoom,
    clock: Clock,
    redactor: Redactor,
  ) {
    this.method = method;
    // A request with images may be large, and its reply needs room as well.
    const kept = body.slice(0, Math.floor(room.left / 2));
    room.left -= kept.length;
    this.requestCut = body.length - kept.length;
    this.#request = { url: url.replace(/[?#].*$/, ""), headers, body: kept };
    this.#room = room;
    this.#clock = clock;
    this.#redactor = redactor;
    this.#startMs = clock.now();
    this.#read = new ReadBody(redactor);
  }

  opened(status: number, headers: Headers): void {
    this.#reply = { status, headers };
  }

  add(piece: Uint8Array): void {
    const kept = piece.length > this.#room.left ? piece.subarray(0, this.#room.left) : piece;
    this.#room.left -= kept.length;
    this.#replyCut += piece.length - kept.length;
    if (kept.length > 0) {
      this.#arrived.add(kept, this.durationMs);
    }
  }

  /** `left`: whoever read it had read enough. Only the first call counts. */
  end(fault: string | undefined, how: "closed" | "left"): void {
    this.#ended ??= { atMs: this.durationMs, how, ...(fault === undefined ? {} : { fault }) };
  }

  get durationMs(): number {
    return this.#ended?.atMs ?? this.#clock.now() - this.#startMs;
  }

  get url(): string {
    return this.#redactor.clean(this.#request.url);
  }

  get requestHeaders(): Headers {
    return maskedHeaders(this.#request.headers, (text) => this.#redactor.clean(text));
  }

  get requestBody(): string {
    return (this.#cleanRequest ??= this.#redactor.clean(this.#request.body));
  }

  get status(): number | undefined {
    return this.#reply?.status;
  }

  get replyHeaders(): Headers {
    return maskedHeaders(this.#reply?.headers ?? {}, (text) => this.#redactor.clean(text));
  }

  get replyBody(): string {
    this.#readOn();
    const text = this.#read.text();
    if (text.length !== this.#cleanReply.of) {
      this.#cleanReply = { of: text.length, text: this.#redactor.clean(text) };
    }
    return this.#cleanReply.text;
  }

  get replyCut(): number {
    return this.#replyCut;
  }

  get fault(): string | undefined {
    return this.#ended?.fault;
  }

  get events(): readonly WireEvent[] {
    this.#readOn();
    const events = this.#read.events();
    if (events.length !== this.#cleanEvents.length) {
      const texts = this.#redactor.cleanEvents(events.map(({ text }) => text));
      this.#cleanEvents = events.map((event, index) => ({ ...event, text: texts[index] ?? "" }));
    }
    return this.#cleanEvents;
  }

  #readOn(): void {
    for (const { bytes, atMs } of this.#arrived.take()) {
      this.#read.add(bytes, atMs, this.#reply?.headers ?? {});
    }
    if (this.#ended !== undefined) {
      const isCut = this.#replyCut > 0;
      this.#read.end(this.#ended, this.#reply?.headers ?? {}, isCut ? "cut" : this.#ended.how);
    }
  }
}

/** What has been read of a body: its clean text and, of a stream, its events. */
class ReadBody {
  readonly #decoder = new TextDecoder();
  readonly #cleaner: ReturnType<Redactor["stream"]>;
  #parts: string[] = [];
  /** Until enough has come to tell. */
  #untold: { readonly text: string; readonly atMs: number }[] | undefined = [];
  #events: WireEventReader | undefined;
  #isOver = false;

  constructor(redactor: Redactor) {
    this.#cleaner = redactor.stream();
  }

  add(bytes: Uint8Array, atMs: number, headers: Headers): void {
    this.#take(this.#cleaner.push(this.#decoder.decode(bytes, { stream: true })), atMs, headers, "so-far");
  }

  end(
    ended: { readonly atMs: number; readonly fault?: string },
    headers: Headers,
    how: "closed" | "left" | "cut",
  ): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    const rest = this.#cleaner.push(this.#decoder.decode()) + this.#cleaner.end();
    this.#take(rest, ended.atMs, headers, "whole");
    if (how === "closed") {
      this.#events?.end(ended.atMs, ended.fault);
    }
  }

  text(): string {
    this.#parts = [this.#parts.join("")];
    return this.#parts[0] ?? "";
  }

  events(): readonly WireEvent[] {
    return this.#events?.events ?? [];
  }

  #take(text: string, atMs: number, headers: Headers, extent: "so-far" | "whole"): void {
    this.#parts.push(text);
    if (this.#untold === undefined) {
      this.#events?.feed(text, atMs);
      return;
    }
    this.#untold.push({ text, atMs });
    const head = this.#untold.map((each) => each.text).join("");
    if (extent === "so-far" && head.trimStart().length < telling) {
      return;
    }
    if (isEventStream({ headers, head })) {
      this.#events = createWireEventReader();
      this.#untold.forEach((each) => this.#events?.feed(each.text, each.atMs));
    }
    this.#untold = undefined;
  }
}
