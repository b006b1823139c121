/**
 * The one transport, on `node:http` and `node:https`: the extension host's proxy, certificates and long silences work
 * there, and not with the global `fetch` (facts: extension-host.md). No redirects, no retries of what a server answered.
 */

import type { Http, HttpOutcome, HttpRequest, NetworkFault } from "../core/ports.ts";
import { TlsFileFault } from "./clientCertificate.ts";
import { Exchange, type Opened } from "./exchange.ts";
import { readFault } from "./networkFault.ts";
import { type Connection, openWires, type Wires } from "./wires.ts";

/** Kept connections that are passed over for one request; Node keeps no more of one server. */
const mostPassedOver = 256;

export interface NodeHttp extends Http {
  /** Closes kept connections. */
  dispose(): void;
}

/** `trustsSystem`: are the system's authorities trusted beside Node's own (`http.systemCertificates`)? */
export function nodeHttp(trustsSystem: () => boolean = () => true): NodeHttp {
  const wires = openWires(trustsSystem);
  const open = async (request: HttpRequest, signal: AbortSignal): Promise<Opened> => {
    // A kept connection may be closed by the server at any moment, and a POST must not be sent twice to find out.
    if (request.method === "POST") {
      return openFresh(request, signal, wires);
    }
    const first = await exchange(request, signal, wires, "kept");
    // A kept connection that the server closed meanwhile says nothing about the server.
    return first.outcome.kind === "fault" &&
      first.connection === "stale" &&
      isHangUp(first.outcome.fault) &&
      !signal.aborted
      ? openFresh(request, signal, wires)
      : first;
  };
  return {
    open: async (request, signal) => (await open(request, signal)).outcome,
    send: async (request, signal) => gather(await open(request, signal)),
    dispose: () => wires.close(),
  };
}

/** VS Code's agent hands out kept connections even so; each is closed before a byte is sent on it. */
async function openFresh(request: HttpRequest, signal: AbortSignal, wires: Wires): Promise<Opened> {
  let opened = await exchange(request, signal, wires, "fresh");
  for (let count = 0; opened.connection === "passed over" && count < mostPassedOver; count++) {
    opened = await exchange(request, signal, wires, "fresh");
  }
  return opened;
}

function isHangUp({ code, phase }: NetworkFault): boolean {
  return (code === "ECONNRESET" || code === "EPIPE") && phase !== "body";
}

async function gather({ outcome, timings }: Opened): Promise<HttpOutcome> {
  if (outcome.kind === "fault") {
    return outcome;
  }
  const { status, headers, body } = outcome.reply;
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) {
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const reply = {
    status,
    headers,
    body: new TextDecoder().decode(bytes),
    bytes: bytes.length,
    timings: timings(),
  };
  const fault = body.fault();
  return fault === undefined ? { kind: "reply", reply } : { kind: "cut", reply, fault };
}

/** One request on a kept or a fresh connection, up to the head of its reply. */
async function exchange(
  request: HttpRequest,
  signal: AbortSignal,
  wires: Wires,
  connection: Connection,
): Promise<Opened> {
  try {
    const start = await wires.prepare(request, connection);
    // Nothing is awaited between the request and its exchange, which would miss the socket's first events.
    return await new Exchange(request, start(), connection, signal).opened();
  } catch (error) {
    // Node throws at once for a header or a URL it can not send, and a file of the TLS settings may be of no use.
    const phase = error instanceof TlsFileFault ? "tls" : "send";
    return {
      outcome: { kind: "fault", fault: readFault(error, phase) },
      connection: "own",
      timings: () => ({}),
    };
  }
}
