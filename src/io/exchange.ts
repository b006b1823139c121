/** One request on the wire: its timers, its phase, its reply. */

import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from "node:http";
import { isIP, type Socket } from "node:net";

import { routeOf } from "../core/endpoint/route.ts";
import type { HttpRequest, NetworkFault, Phase, StreamOutcome, WireTimings } from "../core/ports.ts";
import { readBody } from "./bodyReader.ts";
import { watchCertificateRequest } from "./certificateRequest.ts";
import { readFault, WireLimit } from "./networkFault.ts";
import { startTimers, type RequestTimers } from "./requestTimers.ts";
import type { Connection, Started } from "./wires.ts";

export interface Opened {
  readonly outcome: StreamOutcome;
  /** `stale`: it went out on a kept one, and not a byte came back. `passed over`: a kept one was closed, because a fresh one was wanted. */
  readonly connection: "own" | "stale" | "passed over";
  readonly timings: () => WireTimings;
}

/** What https-proxy-agent tells. */
interface ProxyAnswer {
  readonly statusCode?: number;
  readonly statusText?: string;
}

type Mark = "lookupMs" | "connectMs" | "tlsMs" | "firstByteMs";

export class Exchange {
  readonly #request: HttpRequest;
  readonly #sent: ClientRequest;
  readonly #signal: AbortSignal;
  readonly #wanted: Connection;
  readonly #release: () => void;
  readonly #timers: RequestTimers;
  readonly #startedMs = performance.now();
  readonly #marks: Partial<Record<Mark, number>> = {};
  #phase: Phase = "connect";
  /** The endpoint's own proxy, until it has let the request through. */
  #proxy: string | undefined;
  #wasAsked: () => boolean = () => false;
  /** The connection, and how much had been read from it for earlier requests. */
  #wire: { readonly socket: Socket; readonly bytesBefore: number } | undefined;
  /** What of ours ended the request; Node then reports a reset, which is only the echo. */
  #limit: WireLimit | undefined;
  #settle: (outcome: StreamOutcome) => void = () => undefined;

  constructor(request: HttpRequest, started: Started, wanted: Connection, signal: AbortSignal) {
    const { sent, release } = started;
    this.#request = request;
    this.#sent = sent;
    this.#release = release;
    this.#wanted = wanted;
    this.#signal = signal;
    const route = routeOf(request.url, request.proxy);
    this.#proxy = route.kind === "proxy" ? new URL(route.proxy).host : undefined;
    this.#timers = startTimers(request.timeouts, (limit) => this.#end(limit));
    signal.addEventListener("abort", this.#onAbort, { once: true });
    sent.on("socket", (socket) => this.#watch(socket));
    sent.on("proxyConnect", (answer: ProxyAnswer) => this.#throughProxy(answer));
  }

  /** Sends the body and resolves with the head of the reply, or with the fault. */
  opened(): Promise<Opened> {
    const sent = this.#sent;
    return new Promise((resolve) => {
      const settle = (this.#settle = (outcome: StreamOutcome): void =>
        resolve({ outcome, connection: this.#connection(), timings: () => this.#timings() }));
      sent.on("error", (error) => {
        this.#stop();
        settle({ kind: "fault", fault: this.#fault(error) });
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
        settle({ kind: "fault", fault: this.#fault(hungUp) });
      });
      if (this.#signal.aborted) {
        this.#onAbort();
      } else {
        sent.end(this.#request.body);
      }
    });
  }

  #fault(error: Error): NetworkFault {
    const fault = readFault(this.#limit ?? error, this.#phase);
    return {
      ...fault,
      ...(this.#proxy === undefined ? {} : { proxy: this.#proxy }),
      ...(this.#wasAsked() ? { asked: "client-certificate" } : {}),
    };
  }

  #connection(): Opened["connection"] {
    const { socket, bytesBefore } = this.#wire ?? {};
    if (!this.#sent.reusedSocket || socket?.bytesRead !== bytesBefore) {
      return "own";
    }
    return this.#wanted === "fresh" ? "passed over" : "stale";
  }

  /** What a proxy answers to CONNECT is no answer of the server. For plain http it has no status of its own. */
  #throughProxy({ statusCode = 200, statusText = "" }: ProxyAnswer): void {
    if (statusCode === 200) {
      this.#proxy = undefined;
    } else {
      this.#end(new WireLimit("PROXY_REFUSED", `CONNECT → ${statusCode} ${statusText}`.trim()));
    }
  }

  readonly #onAbort = (): void => this.#end(new WireLimit("ABORTED", "cancelled"));

  #end(limit: WireLimit): void {
    this.#limit ??= limit;
    this.#sent.destroy(limit);
    this.#release();
    // Node tells nobody while an agent is still at work on the connection, as on a proxy that does not answer.
    if (this.#wire === undefined) {
      this.#stop();
      this.#settle({ kind: "fault", fault: this.#fault(limit) });
    }
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
    if (this.#sent.reusedSocket && this.#wanted === "fresh") {
      this.#sent.destroy();
      return;
    }
    const connected = (): void => {
      this.#phase = "headers";
      this.#timers.connected();
    };
    if (this.#sent.reusedSocket || !(socket.connecting || isTls)) {
      connected();
      return;
    }
    this.#wasAsked = watchCertificateRequest(socket);
    // Behind a tunnel the handshake alone is left. An address by itself is not looked up.
    const first = isIP(hostOf(this.#request.url)) === 0 ? "name" : "connect";
    this.#phase = socket.connecting ? first : "tls";
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
