import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { serveExchange, type DemoService } from "./exchange.ts";
import { RequestLog, type DemoLogEntry } from "./requestLog.ts";
import { demoRoutes } from "./routes.ts";
import { demoServerName } from "./serverName.ts";

export interface DemoOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Wanted as `Authorization: Bearer` on everything below /v1 and on /rerank, when given. */
  readonly key?: string;
  /** The default is 40; 0 means as fast as possible. */
  readonly tokensPerSecond?: number;
  /** Called once for each request, when its connection is done with it. */
  readonly onRequest?: (entry: DemoLogEntry) => void;
}

/** A running demo endpoint; whoever started it closes it. */
export interface DemoServer {
  /** Ends in /v1, without a slash behind it. */
  readonly baseUrl: string;
  readonly port: number;
  /** The newest thousand requests, the oldest first. */
  readonly log: readonly DemoLogEntry[];
  /** Ends open sockets too, and may be called more than once. */
  close(): Promise<void>;
}

/** Starts an OpenAI-compatible server without a model on 127.0.0.1; rejects when the port is taken. */
export async function startDemoServer(options: DemoOptions = {}): Promise<DemoServer> {
  const log = new RequestLog(options.key, options.onRequest ?? (() => undefined));
  const service: DemoService = {
    routes: demoRoutes(Math.floor(Date.now() / 1000)),
    key: options.key,
    tokensPerSecond: options.tokensPerSecond ?? 40,
    log,
  };
  const server = createServer((request, response) => void serveExchange(request, response, service));
  server.on("clientError", answerMalformed);
  const port = await listen(server, options.port ?? 0);
  const closed = new Promise<void>((resolve) => server.once("close", () => resolve()));
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    port,
    log: log.entries,
    close: () => {
      server.close();
      server.closeAllConnections();
      return closed;
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Bytes that are no HTTP get an answer too, unless the client has gone. */
function answerMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === "HPE_HEADER_OVERFLOW" ? "431 Request Header Fields Too Large" : "400 Bad Request";
  socket.end(
    `HTTP/1.1 ${status}\r\nserver: ${demoServerName}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
  );
}
