import { STATUS_CODES } from "node:http";
import type { Behaviour, Exchange } from "./exchange.ts";

/** A whole reply; `content-length` is added unless it, or `transfer-encoding`, is among the headers. */
export interface Reply {
  /** The default is 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, with the content type of JSON unless the headers name another. */
  readonly body?: string | Uint8Array | Readonly<Record<string, unknown>> | readonly unknown[];
}

export interface ChunkedOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Before each chunk; the default is 0, which still makes each chunk a write of its own. */
  readonly pauseMs?: number;
}

/** Long enough for a client on loopback to have read what was sent before it is reset. */
const settleMs = 20;

export function reply(answer: Reply): Behaviour {
  return onRequest(async (exchange) => {
    await exchange.write(replyBytes(answer));
  });
}

/** Accepts, reads and stays silent until the client or the test ends it. */
export const neverAnswer: Behaviour = onRequest(() => undefined);

export function answerAfter(ms: number, answer: Reply): Behaviour {
  return onRequest(async (exchange) => {
    await exchange.pause(ms);
    await exchange.write(replyBytes(answer));
  });
}

/** Ends the connection right after accepting it, without a byte. */
export const closeAtOnce: Behaviour = { on: "connect", act: ({ socket }) => void socket.end() };

/** Resets the connection (RST) right after accepting it. */
export const resetAtOnce: Behaviour = { on: "connect", act: ({ socket }) => void socket.resetAndDestroy() };

/** Ends the connection when the request has arrived, without a byte. */
export const closeAfterRequest: Behaviour = onRequest(({ socket }) => void socket.end());

/** Resets in the middle of a header line. */
export const resetMidHeader: Behaviour = onRequest(async (exchange) => {
  await exchange.write("HTTP/1.1 200 OK\r\ncontent-type: application/js");
  await reset(exchange);
});

/** Sends half a header line and then nothing, with the connection left open. */
export const stallMidHeader: Behaviour = onRequest(async (exchange) => {
  await exchange.write("HTTP/1.1 200 OK\r\ncontent-type: application/js");
});

/** Sends a whole reply that promises to keep the connection, and then ends it. */
export function replyThenClose(answer: Reply): Behaviour {
  return onRequest(async (exchange) => {
    await exchange.write(replyBytes({ ...answer, headers: { connection: "keep-alive", ...answer.headers } }));
    exchange.socket.end();
  });
}

/** Promises `missingBytes` more than the body has, then resets. */
export function resetMidBody(answer: Reply, missingBytes = 100): Behaviour {
  return onRequest(async (exchange) => {
    await exchange.write(shortReplyBytes(answer, missingBytes));
    await reset(exchange);
  });
}

/** Promises `missingBytes` more than the body has, then ends the connection cleanly (FIN). */
export function endMidBody(answer: Reply, missingBytes = 100): Behaviour {
  return onRequest(async (exchange) => {
    await exchange.write(shortReplyBytes(answer, missingBytes));
    exchange.socket.end();
  });
}

/** Chunked transfer coding, each chunk a write of its own; what arrives together is up to the kernel. */
export function chunkedReply(
  chunks: readonly (string | Uint8Array)[],
  options: ChunkedOptions = {},
): Behaviour {
  return onRequest(async (exchange) => {
    await writeChunks(exchange, chunks, options);
    await exchange.write("0\r\n\r\n");
  });
}

/** Sends the chunks and then, where the next should come, resets. */
export function resetMidStream(
  chunks: readonly (string | Uint8Array)[],
  options: ChunkedOptions = {},
): Behaviour {
  return onRequest(async (exchange) => {
    await writeChunks(exchange, chunks, options);
    await reset(exchange);
  });
}

/** Sends the chunks and then ends the connection (FIN) without the chunk that says it is whole. */
export function endMidStream(
  chunks: readonly (string | Uint8Array)[],
  options: ChunkedOptions = {},
): Behaviour {
  return onRequest(async (exchange) => {
    await writeChunks(exchange, chunks, options);
    exchange.socket.end();
  });
}

/** Sends the chunks and then nothing, with the connection left open. */
export function stallMidStream(
  chunks: readonly (string | Uint8Array)[],
  options: ChunkedOptions = {},
): Behaviour {
  return onRequest((exchange) => writeChunks(exchange, chunks, options));
}

/** Sends a whole reply, head included, one byte a write. */
export function byteByByte(answer: Reply): Behaviour {
  return onRequest(async (exchange) => {
    for (const byte of splitEveryByte(replyBytes(answer))) {
      await exchange.write(byte);
      await exchange.pause(0);
    }
  });
}

/** Sends these bytes as they are: for replies that are no HTTP. The connection is ended after them. */
export function rawReply(bytes: string | Uint8Array): Behaviour {
  return onRequest(async (exchange) => {
    await exchange.write(bytes);
    exchange.socket.end();
  });
}

/** One chunk a byte, for `chunkedReply`. */
export function splitEveryByte(body: string | Uint8Array): readonly Uint8Array[] {
  const bytes = Buffer.from(body);
  return Array.from(bytes, (_, index) => bytes.subarray(index, index + 1));
}

/** The status line and headers of a reply, with the empty line that ends them. */
export function headBytes(status: number, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Unknown"}\r\n${lines.join("")}\r\n`;
}

function onRequest(act: (exchange: Exchange) => void | Promise<void>): Behaviour {
  return { on: "request", act };
}

function replyBytes(answer: Reply): Buffer {
  const body = bodyBytes(answer.body);
  const headers = { ...typeHeader(answer.body), ...lowerCased(answer.headers) };
  const framed = "content-length" in headers || "transfer-encoding" in headers;
  const length = framed ? {} : { "content-length": String(body.length) };
  return Buffer.concat([
    Buffer.from(headBytes(answer.status ?? 200, { ...headers, ...length }), "latin1"),
    body,
  ]);
}

function shortReplyBytes(answer: Reply, missingBytes: number): Buffer {
  const promised = String(bodyBytes(answer.body).length + missingBytes);
  return replyBytes({ ...answer, headers: { ...answer.headers, "content-length": promised } });
}

function bodyBytes(body: Reply["body"]): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if (typeof body === "string" || body instanceof Uint8Array) return Buffer.from(body);
  return Buffer.from(JSON.stringify(body));
}

function typeHeader(body: Reply["body"]): Readonly<Record<string, string>> {
  const json = typeof body === "object" && !(body instanceof Uint8Array);
  return json ? { "content-type": "application/json" } : {};
}

function lowerCased(headers: Reply["headers"] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

async function writeChunks(
  exchange: Exchange,
  chunks: readonly (string | Uint8Array)[],
  options: ChunkedOptions,
): Promise<void> {
  const headers = { ...lowerCased(options.headers), "transfer-encoding": "chunked" };
  await exchange.write(headBytes(options.status ?? 200, headers));
  for (const chunk of chunks) {
    const bytes = Buffer.from(chunk);
    // An empty chunk would end the reply.
    if (bytes.length === 0) continue;
    await exchange.pause(options.pauseMs ?? 0);
    await exchange.write(
      Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]),
    );
  }
}

async function reset(exchange: Exchange): Promise<void> {
  await exchange.pause(settleMs);
  exchange.socket.resetAndDestroy();
}
