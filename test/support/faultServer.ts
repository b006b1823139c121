import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { serveConnection } from "./faultServer/connection.ts";
import type { Behaviour, ReceivedRequest } from "./faultServer/exchange.ts";
import { issueCertificate, type CertificateKind, type Issued } from "./faultServer/certificates.ts";
import { reply } from "./faultServer/behaviours.ts";

export * from "./faultServer/behaviours.ts";
export * from "./faultServer/exchange.ts";
export * from "./faultServer/hugeModelsList.ts";
export * from "./faultServer/modelServer.ts";
export * from "./faultServer/ports.ts";
export * from "./faultServer/proxiedHttp.ts";
export * from "./faultServer/sse.ts";
export type { CertificateKind } from "./faultServer/certificates.ts";

/** A server that does to a client what its test tells it to; close it in `afterEach`. */
export interface FaultServer {
  /** Ends in /v1; http, or https for a TLS server. */
  readonly baseUrl: string;
  /** Without a path. */
  readonly origin: string;
  readonly port: number;
  /** Every whole request, the oldest first, its header names and body as they arrived. */
  readonly requests: readonly ReceivedRequest[];
  /** How many connections were accepted so far; for TLS, how many came through the handshake. */
  readonly connections: number;
  /** How many connections are open now. */
  readonly openConnections: number;
  /** Sets what happens to what follows; with a path, to requests for that path alone (compared without the query). */
  serve(behaviour: Behaviour, path?: string): void;
  /** Ends every connection and everything still waiting; may be called more than once. */
  close(): Promise<void>;
}

export interface FaultServerOptions {
  /** The default is 127.0.0.1. */
  readonly host?: "127.0.0.1" | "::1";
}

export interface TlsServerOptions extends FaultServerOptions {
  readonly certificate: CertificateKind;
  /** Sends the authority's certificate too, which is its own issuer. */
  readonly chain?: "whole";
  /** Lets in only clients that show a certificate of this authority; `optional` asks, and lets in everybody. */
  readonly clients?: { readonly authorityPem: string; readonly certificate: "required" | "optional" };
  readonly version?: "TLSv1.2" | "TLSv1.3";
}

/** A fault server behind TLS, with the certificate a client would have to trust for the name and date to be all that is wrong. */
export interface TlsFaultServer extends FaultServer {
  readonly authorityPem: string;
}

/** Starts on a free port and answers 404 with no body until told otherwise. */
export async function startFaultServer(options: FaultServerOptions = {}): Promise<FaultServer> {
  const connections = new Connections();
  const server = createServer({ noDelay: true }, (socket) => connections.accept(socket));
  server.on("connection", (socket) => connections.keep(socket));
  return run("http", server, connections, options);
}

/** Starts a fault server behind TLS; throws with the command to install it when `openssl` is missing. */
export async function startTlsServer(options: TlsServerOptions): Promise<TlsFaultServer> {
  const issued: Issued = await issueCertificate(options.certificate);
  const connections = new Connections();
  const cert = issued.certificatePem + (options.chain === "whole" ? issued.authorityPem : "");
  const { clients, version } = options;
  const asking =
    clients === undefined
      ? {}
      : {
          ca: clients.authorityPem,
          requestCert: true,
          rejectUnauthorized: clients.certificate === "required",
        };
  const versions = version === undefined ? {} : { minVersion: version, maxVersion: version };
  const server = createTlsServer({ key: issued.keyPem, cert, ...asking, ...versions }, (socket) =>
    connections.accept(socket),
  );
  server.on("connection", (socket: Socket) => connections.keep(socket));
  server.on("tlsClientError", () => undefined);
  return Object.assign(await run("https", server, connections, options), {
    authorityPem: issued.authorityPem,
  });
}

/** The open sockets of one server and what it does to them. */
class Connections {
  readonly requests: ReceivedRequest[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #byPath = new Map<string, Behaviour>();
  #usual: Behaviour = reply({ status: 404 });
  #accepted = 0;

  get accepted(): number {
    return this.#accepted;
  }

  get open(): number {
    return this.#sockets.size;
  }

  serve(behaviour: Behaviour, path: string | undefined): void {
    if (path === undefined) this.#usual = behaviour;
    else this.#byPath.set(path, behaviour);
  }

  /** Holds a raw socket, so that closing ends one that is still in its handshake too. */
  keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => this.#sockets.delete(socket));
  }

  accept(socket: Socket): void {
    this.#accepted += 1;
    serveConnection(socket, {
      atConnect: () => (this.#usual.on === "connect" ? this.#usual : undefined),
      atRequest: (request) => {
        this.requests.push(request);
        return this.#byPath.get(request.path.split("?", 1)[0] ?? "") ?? this.#usual;
      },
    });
  }

  endAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

async function run(
  scheme: "http" | "https",
  server: Server,
  connections: Connections,
  options: FaultServerOptions,
): Promise<FaultServer> {
  const host = options.host ?? "127.0.0.1";
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, resolve);
  });
  const closed = new Promise<void>((resolve) => server.once("close", () => resolve()));
  const { port } = server.address() as AddressInfo;
  const origin = `${scheme}://${host.includes(":") ? `[${host}]` : host}:${port}`;
  return {
    baseUrl: `${origin}/v1`,
    origin,
    port,
    requests: connections.requests,
    get connections() {
      return connections.accepted;
    },
    get openConnections() {
      return connections.open;
    },
    serve: (behaviour, path) => connections.serve(behaviour, path),
    close: () => {
      server.close();
      connections.endAll();
      return closed;
    },
  };
}
