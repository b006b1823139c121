/** The layers below HTTP, one by one, on Node's own sockets. */

import * as net from "node:net";
import * as tls from "node:tls";

import type { ConnectOutcome, HandshakeOutcome, LookupOutcome, Sockets } from "../core/ports.ts";
import { watchCertificateRequest } from "./certificateRequest.ts";
import { createLookupCache, type LookupCache } from "./lookupCache.ts";
import { readFault, WireLimit } from "./networkFault.ts";
import { peerCertificate } from "./peerCertificate.ts";
import { tlsFiles } from "./tlsFiles.ts";

/** A name server that is silent holds the system's look-up for long; a person is told sooner. */
const lookupMs = 5000;

/** `trustsSystem` as for `nodeHttp`. */
export function nodeSockets(trustsSystem: () => boolean = () => true): Sockets {
  const names = createLookupCache();
  const files = tlsFiles(trustsSystem);
  return {
    lookup: (host, signal) => lookup(names, host, signal),
    connect,
    handshake: async (target, timeoutMs, signal) => {
      try {
        return await handshake(
          { ...target, options: await files.options(target.tls, "ours") },
          timeoutMs,
          signal,
        );
      } catch (error) {
        // A file of the endpoint's TLS can not be used.
        return { ...fault(error), durationMs: 0 };
      }
    },
  };
}

async function lookup(names: LookupCache, host: string, signal: AbortSignal): Promise<LookupOutcome> {
  const startMs = performance.now();
  try {
    const found = await within(names.all(host), lookupMs, signal);
    const addresses = found.map(
      ({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }) as const,
    );
    return { kind: "found", addresses, durationMs: performance.now() - startMs };
  } catch (error) {
    return { kind: "fault", code: readFault(error, "name").code, durationMs: performance.now() - startMs };
  }
}

async function connect(
  address: string,
  port: number,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<ConnectOutcome> {
  const startMs = performance.now();
  const socket = net.connect({ host: address, port });
  const error = await settled(socket, "connect", timeoutMs, signal);
  socket.destroy();
  const durationMs = performance.now() - startMs;
  return error === undefined
    ? { kind: "connected", address, durationMs }
    : { kind: "fault", address, code: readFault(error, "connect").code, durationMs };
}

interface HandshakeTarget {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly options: tls.ConnectionOptions;
}

async function handshake(
  target: HandshakeTarget,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<HandshakeOutcome> {
  const { host, address, port, options } = target;
  const startMs = performance.now();
  // A server name must be no address (RFC 6066); Node checks the certificate against `host` all the same.
  const servername = net.isIP(host) === 0 ? host : "";
  // Node throws the certificate away along with a connection that it refuses, so the verdict is only read here. Nothing is sent.
  const socket = tls.connect({ host: address, port, servername, ...options, rejectUnauthorized: false });
  const wasAsked = watchCertificateRequest(socket);
  const error = await settled(socket, "secureConnect", timeoutMs, signal);
  const durationMs = performance.now() - startMs;
  const refusal = options.rejectUnauthorized === false ? undefined : refusalOf(socket, host);
  const certificate = peerCertificate(socket);
  const protocol = socket.getProtocol() ?? "TLS";
  socket.destroy();
  const presented = {
    ...(certificate === undefined ? {} : { certificate }),
    ...(wasAsked() ? { asked: "client-certificate" as const } : {}),
  };
  return error === undefined && refusal === undefined
    ? { kind: "secured", protocol, durationMs, ...presented }
    : { ...fault(error ?? refusal), durationMs, ...presented };
}

function fault(error: unknown): { readonly kind: "fault"; readonly code: string; readonly message: string } {
  const { code, message } = readFault(error, "tls");
  return { kind: "fault", code, message };
}

/** Why the certificate of a handshake that went through is not to be trusted. */
function refusalOf(socket: tls.TLSSocket, host: string): Error | undefined {
  if (socket.authorized || socket.connecting || socket.destroyed) {
    return undefined;
  }
  // Typed as an error, but Node keeps its code alone.
  const code = String(socket.authorizationError);
  const mismatch = tls.checkServerIdentity(host, socket.getPeerCertificate());
  const message =
    mismatch !== undefined && "code" in mismatch && mismatch.code === code
      ? mismatch.message
      : code.toLowerCase().replaceAll("_", " ");
  return Object.assign(new Error(message), { code });
}

/** Resolves with nothing when the event comes, or with the error, the time-out or the abort that came first. */
function settled(
  socket: net.Socket,
  event: "connect" | "secureConnect",
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const abort = (): void => finish(new WireLimit("ABORTED", "cancelled"));
    const timer = setTimeout(
      () => finish(new WireLimit("TIMEOUT", `no answer in ${timeoutMs} ms`, "connect")),
      timeoutMs,
    );
    const finish = (error?: Error): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
      resolve(error);
    };
    socket.once(event, () => finish());
    socket.on("error", finish);
    socket.once("end", () => finish(Object.assign(new Error("the peer hung up"), { code: "ECONNRESET" })));
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) {
      abort();
    }
  });
}

async function within<T>(promise: Promise<T>, timeoutMs: number, signal: AbortSignal): Promise<T> {
  let giveUp: (limit: WireLimit) => void = () => undefined;
  const limit = new Promise<never>((_resolve, reject) => (giveUp = reject));
  const abort = (): void => giveUp(new WireLimit("ABORTED", "cancelled"));
  const timer = setTimeout(() => giveUp(new WireLimit("TIMEOUT", `no answer in ${timeoutMs} ms`)), timeoutMs);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) {
    abort();
  }
  try {
    return await Promise.race([limit, promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}
