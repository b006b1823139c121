/** One request on the wire: its timers, its phase, its reply. */

import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from "node:http";
import { isIP, type Socket } from "node:net";

import type { HttpRequest, Phase, StreamOutcome, WireTimings } from "../core/ports.ts";
import { readBody } from "./bodyReader.ts";
import { readFault, WireLimit } from "./networkFault.ts";
import { startTimers, type RequestTimers } from "./requestTimers.ts";

export interface Opened {
  readonly outcome: StreamOutcome;
  /** It went out on a kept connection, and not a byte came back. */
  readonly wasStale: boolean;
  readonly timings: () => WireTimings;
}

type Mark = "lookupMs" | "connectMs" | "tlsMs" | "firstByteMs";

export class Exchange {
  readonly #request: HttpRequest;
  readonly #sent: ClientRequest;
  readonly #signal: AbortSignal;
  readonly #timers: RequestTimers;
  readonly #startedMs = performance.now();
  readonly #marks: Partial<Record<Mark, number>> = {};
  #phase: Phase = "connect";
  /** The connection, and how much had been read from it for earlier requests. */
  #wire: { readonly socket: Socket; readonly bytesBefore: number } | undefined;
  /** What of ours ended the request; Node then reports a reset, which is only the echo. */
  #limit: WireLimit | undefined;

  constructor(request: HttpRequest, sent: ClientRequest, signal: AbortSignal) {
    this.#request = request;
    this.#sent = sent;
    this.#signal = signal;
    this.#timers = startTimers(request.timeouts, (limit) => this.#end(limit));
    signal.addEventListener("abort", this.#onAbort, { once: true });
    sent.on("socket", (socket) => this.#watch(socket));
  }

  /** Sends the body and resolves with the head of the reply, or with the fault. */
  opened(): Promise<Opened> {
    const sent = this.#sent;
    return new Promise((resolve) => {
      const settle = (outcome: StreamOutcome): void =>
        resolve({ outcome, wasStale: this.#wasStale(), timings: () => this.#timings() });
      sent.on("error", (error) => {
        this.#stop();
        settle({ kind: "fault", fault: readFault(this.#limit ?? error, this.#phase) });
      });
      sent.on("response", (message) => settle({ kind: "reply", reply: this.#reply(message) }));
      // We never ask for another protocol; Node would wait for ever for somebody to take the connection over.
      sent.on("upgrade", (message, socket) => {
        socket.destroy();
        settle({ kind: "reply", reply: this.#reply(message) });
      });
      sent.once("close", () => {
        this.#stop();
        const hungUp = Object.assign(new Error("the connection was closed without a reply"), {
          code: "ECONNRESET",
        });
        settle({ kind: "fault", fault: readFault(this.#limit ?? hungUp, this.#phase) });
      });
      if (this.#signal.aborted) {
        this.#onAbort();
      } else {
        sent.end(this.#request.body);
      }
    });
  }

  #wasStale(): boolean {
    const { socket, bytesBefore } = this.#wire ?? {};
    return this.#sent.reusedSocket && socket?.bytesRead === bytesBefore;
  }

  readonly #onAbort = (): void => this.#end(new WireLimit("ABORTED", "cancelled"));

  #end(limit: WireLimit): void {
    this.#limit ??= limit;
    this.#sent.destroy(limit);
  }

  #stop(): void {
    this.#timers.stop();
    this.#signal.removeEventListener("abort", this.#onAbort);
  }

  #timings(): WireTimings {
    return { ...this.#marks, totalMs: this.#since() };
  }

  #since(): number {
    return performance.now() - this.#startedMs;
  }

  #reply(message: IncomingMessage): (StreamOutcome & { kind: "reply" })["reply"] {
    this.#reach("body", "firstByteMs");
    const body = readBody(message, this.#sent, {
      maxBytes: this.#request.maxBytes,
      received: () => this.#timers.received(),
      ended: () => this.#stop(),
      limit: () => this.#limit,
    });
    const headers = joinHeaders(message.headers);
    return { status: message.statusCode ?? 0, headers, body, timings: () => this.#timings() };
  }

  #reach(phase: Phase, mark?: Mark): void {
    this.#phase = phase;
    if (mark !== undefined) {
      this.#marks[mark] = this.#since();
    }
  }

  #watch(socket: Socket): void {
    this.#wire = { socket, bytesBefore: socket.bytesRead };
    const isTls = this.#request.url.startsWith("https:");
    const connected = (): void => {
      this.#phase = "headers";
      this.#timers.connected();
    };
    if (!socket.connecting) {
      connected();
      return;
    }
    // An address by itself is not looked up.
    this.#phase = isIP(hostOf(this.#request.url)) === 0 ? "name" : "connect";
    socket.once("lookup", () => this.#reach("connect", "lookupMs"));
    socket.once("connect", () => {
      this.#reach(isTls ? "tls" : "headers", "connectMs");
      if (!isTls) {
        connected();
      }
    });
    socket.once("secureConnect", () => {
      this.#reach("headers", "tlsMs");
      connected();
    });
  }
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, "");
}

function joinHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
}
