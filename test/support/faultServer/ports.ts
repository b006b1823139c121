import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { Worker } from "node:worker_threads";

type LoopbackHost = "127.0.0.1" | "::1";

/** A port on which nothing listens: it was free a moment ago. */
export async function refusedPort(host: LoopbackHost = "127.0.0.1"): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

/** A port that no connection gets through to; close it in `afterEach`. */
export interface BlackHole {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * A listening socket with a full backlog: a thread listens and then never turns its event loop, and we connect until
 * the kernel answers no more. So connecting itself hangs, as with a firewall that drops. Throws where a kernel goes on
 * accepting; use `neverAnswer` there, which accepts and stays silent.
 */
export async function blackHolePort(host: LoopbackHost = "127.0.0.1"): Promise<BlackHole> {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const thread = new Worker(listenAndBlock, { eval: true, workerData: { host, gate } });
  const port = await new Promise<number>((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
  });
  const fillers: Socket[] = [];
  const close = async (): Promise<void> => {
    for (const socket of fillers) socket.destroy();
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
    await thread.terminate();
  };
  while (fillers.length < mostFillers) {
    const socket = connect(port, host);
    fillers.push(socket);
    if (!(await connects(socket))) return { port, close };
  }
  await close();
  throw new Error(
    `This system accepts ${mostFillers} connections on a backlog of 1; a black hole can not be made.`,
  );
}

const mostFillers = 32;
/** Connecting on loopback takes microseconds. */
const connectMs = 200;

const listenAndBlock = `
  const { parentPort, workerData } = require("node:worker_threads");
  const server = require("node:net").createServer();
  server.listen({ port: 0, host: workerData.host, backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(workerData.gate, 0, 0);
  });
`;

function connects(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), connectMs);
    socket.on("error", () => undefined);
    socket.once("connect", () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
