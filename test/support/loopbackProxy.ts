import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** A proxy that takes every name for this machine, so that names under `.invalid` stand for other machines. */
export interface LoopbackProxy {
  readonly port: number;
  readonly origin: string;
  /** What it was asked, such as `CONNECT gpu.invalid:443` or `GET http://gpu.invalid/v1/models`. */
  readonly asked: readonly string[];
  /** The headers of each, in the same order. */
  readonly headers: readonly IncomingMessage["headers"][];
  readonly openConnections: number;
  /** What it does from now on: lets through, answers with a status of its own, or never answers. */
  behave(how: "through" | "silent" | "hang up" | number): void;
  close(): Promise<void>;
}

export async function startProxy(host = "127.0.0.1"): Promise<LoopbackProxy> {
  const asked: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const sockets = new Set<Socket>();
  let how: Parameters<LoopbackProxy["behave"]>[0] = "through";
  const note = ({ method = "", url = "", headers: sent }: IncomingMessage): void => {
    asked.push(`${method} ${url}`);
    headers.push(sent);
  };
  const server = createServer((incoming, response) => {
    note(incoming);
    if (how === "through") forward(incoming, response);
    else if (how === "hang up") incoming.socket.destroy();
    else if (how !== "silent") response.writeHead(how, proxyHeaders(how)).end("<html>the proxy says no");
  });
  server.on("connect", (incoming, socket: Socket) => {
    note(incoming);
    socket.on("error", () => undefined);
    if (how === "through") tunnel(incoming.url ?? "", socket);
    else if (how === "hang up") socket.destroy();
    else if (how === "silent") socket.on("end", () => socket.end()).resume();
    else {
      const head = Object.entries(proxyHeaders(how)).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.end(`HTTP/1.1 ${how} No\r\n${head.join("")}\r\n<html>the proxy says no`);
    }
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    asked,
    headers,
    get openConnections() {
      return sockets.size;
    },
    behave: (next) => {
      how = next;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function proxyHeaders(status: number): Record<string, string> {
  return status === 407 ? { "proxy-authenticate": 'Basic realm="proxy"' } : {};
}

function forward(incoming: IncomingMessage, response: ServerResponse): void {
  const { port, pathname, search } = new URL(incoming.url ?? "");
  const { method, headers } = incoming;
  const onward = request(
    { host: "127.0.0.1", port, path: pathname + search, method, headers, agent: false },
    (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    },
  );
  onward.on("error", () => response.writeHead(502).end());
  incoming.pipe(onward);
}

function tunnel(target: string, socket: Socket): void {
  const onward = connect(Number(target.slice(target.lastIndexOf(":") + 1)), "127.0.0.1");
  onward.once("connect", () => {
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    onward.pipe(socket).pipe(onward);
  });
  onward.on("error", () => socket.destroy());
  socket.once("close", () => onward.destroy());
}
