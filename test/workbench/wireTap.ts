import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";

import type { Issued } from "../support/faultServer/certificates.ts";

/** A server on loopback that keeps every byte it is sent. */
export interface WireTap {
  readonly origin: string;
  /** Ends in /v1. */
  readonly baseUrl: string;
  /** All of it so far, connection by connection. */
  readonly received: () => string;
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers every request alike; what is no HTTP (a CONNECT, a TLS handshake) is kept too, and cut off. */
export async function startWireTap(
  answer: Answer = servesModels(["m"]),
  certificate?: Issued,
): Promise<WireTap> {
  const heard = new Map<Socket, Buffer[]>();
  const server =
    certificate === undefined
      ? createServer(answer)
      : createTlsServer({ cert: certificate.certificatePem, key: certificate.keyPem }, answer);
  server.on(certificate === undefined ? "connection" : "secureConnection", (socket: Socket) => {
    const chunks: Buffer[] = [];
    heard.set(socket, chunks);
    // Beside the parser, which goes on reading by itself.
    socket.prependListener("data", (chunk: Buffer) => void chunks.push(chunk));
    socket.on("error", () => undefined);
  });
  server.on("connect", (_request, socket) => void socket.destroy());
  server.on("clientError", (_error, socket) => void socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `${certificate === undefined ? "http" : "https"}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    baseUrl: `${origin}/v1`,
    received: () => [...heard.values()].map((chunks) => Buffer.concat(chunks).toString("latin1")).join("\n"),
    connections: () => heard.size,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A list of models, to whatever is asked. */
export function servesModels(ids: readonly string[]): Answer {
  const body = JSON.stringify({ object: "list", data: ids.map((id) => ({ id, object: "model" })) });
  return (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  };
}
