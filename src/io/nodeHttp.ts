/**
 * The one transport, on `node:http` and `node:https`: the extension host's proxy, certificates and long silences work
 * there, and not with the global `fetch` (facts: extension-host.md). No redirects, no retries of what a server answered.
 */

import * as http from "node:http";
import * as https from "node:https";

import type { Http, HttpOutcome, HttpRequest, NetworkFault, Phase } from "../core/ports.ts";
import { Exchange, type Opened } from "./exchange.ts";
import { createLookupCache, type LookupCache } from "./lookupCache.ts";
import { readFault } from "./networkFault.ts";
import { tlsFiles, type TlsFiles } from "./tlsFiles.ts";

/** Node aborts every address attempt but the last after this; its default of 250 ms is too short for real networks. */
const attemptMs = 2500;

interface Wires {
  readonly http: http.Agent;
  readonly https: https.Agent;
  readonly names: LookupCache;
  readonly files: TlsFiles;
}

export interface NodeHttp extends Http {
  /** Closes kept connections. */
  dispose(): void;
}

export function nodeHttp(): NodeHttp {
  const wires: Wires = {
    http: new http.Agent({ keepAlive: true }),
    https: new https.Agent({ keepAlive: true }),
    names: createLookupCache(),
    files: tlsFiles(),
  };
  const open = async (request: HttpRequest, signal: AbortSignal): Promise<Opened> => {
    // A kept connection may be closed by the server at any moment, and a POST must not be sent twice to find out.
    const first = await exchange(request, signal, wires, request.method === "POST" ? "fresh" : "kept");
    // A kept connection that the server closed meanwhile says nothing about the server.
    return first.outcome.kind === "fault" &&
      first.wasStale &&
      isHangUp(first.outcome.fault) &&
      !signal.aborted
      ? exchange(request, signal, wires, "fresh")
      : first;
  };
  return {
    open: async (request, signal) => (await open(request, signal)).outcome,
    send: async (request, signal) => gather(await open(request, signal)),
    dispose: () => {
      wires.http.destroy();
      wires.https.destroy();
    },
  };
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
  connection: "kept" | "fresh",
): Promise<Opened> {
  let phase: Phase = "tls";
  try {
    const tls = request.url.startsWith("https:") ? await wires.files.options(request.tls) : {};
    phase = "send";
    // Nothing is awaited between the request and its exchange, which would miss the socket's first events.
    return await new Exchange(request, start(request, wires, connection, tls), signal).opened();
  } catch (error) {
    // Node throws at once for a header or a URL it can not send, and the CA file may be unreadable.
    return {
      outcome: { kind: "fault", fault: readFault(error, phase) },
      wasStale: false,
      timings: () => ({}),
    };
  }
}

function start(
  request: HttpRequest,
  wires: Wires,
  connection: "kept" | "fresh",
  tls: https.RequestOptions,
): http.ClientRequest {
  const url = new URL(request.url);
  const isTls = url.protocol === "https:";
  const body =
    request.body === undefined ? {} : { "content-length": String(Buffer.byteLength(request.body)) };
  // The explicit header is what keeps connections alive through the extension host's own agent.
  const own = { "accept-encoding": "identity", connection: connection === "kept" ? "keep-alive" : "close" };
  const kept = isTls ? wires.https : wires.http;
  const options = {
    method: request.method,
    headers: { ...request.headers, ...own, ...body },
    agent: connection === "kept" ? kept : false,
    lookup: wires.names.lookup,
    autoSelectFamilyAttemptTimeout: attemptMs,
    ...tls,
  };
  return isTls ? https.request(url, options) : http.request(url, options);
}
