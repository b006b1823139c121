import type { Socket } from "node:net";

/** One request as it came over the wire. */
export interface ReceivedRequest {
  readonly method: string;
  /** With its query, as it was sent. */
  readonly path: string;
  /** Names in lower case; of a name sent twice, the values joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** The request line and headers as they were sent. */
  readonly head: string;
  /** Decoded from chunks, where it came in chunks. */
  readonly body: Buffer;
}

/** The server's end of one exchange. `request` is undefined for what happens right after connecting. */
export interface Exchange {
  readonly socket: Socket;
  readonly request: ReceivedRequest | undefined;
  /** Aborts when the connection is gone. */
  readonly signal: AbortSignal;
  /** Settles when the bytes are with the kernel; false when the connection was gone. */
  write(bytes: string | Uint8Array): Promise<boolean>;
  /** Settles after the time, or as soon as the connection is gone. */
  pause(ms: number): Promise<void>;
}

/** What the server does: at once when a client connects, or when a whole request has arrived. */
export interface Behaviour {
  readonly on: "connect" | "request";
  readonly act: (exchange: Exchange) => void | Promise<void>;
}

export function openExchange(socket: Socket, request: ReceivedRequest | undefined): Exchange {
  const gone = new AbortController();
  if (socket.destroyed) gone.abort();
  socket.once("close", () => gone.abort());
  return {
    socket,
    request,
    signal: gone.signal,
    write: (bytes) => write(socket, gone.signal, bytes),
    pause: (ms) => pause(gone.signal, ms),
  };
}

function write(socket: Socket, signal: AbortSignal, bytes: string | Uint8Array): Promise<boolean> {
  if (signal.aborted || !socket.writable) return Promise.resolve(false);
  return new Promise((resolve) => {
    const onGone = (): void => resolve(false);
    signal.addEventListener("abort", onGone, { once: true });
    socket.write(bytes, (error) => {
      signal.removeEventListener("abort", onGone);
      resolve(error === undefined || error === null);
    });
  });
}

function pause(signal: AbortSignal, ms: number): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
  });
}
