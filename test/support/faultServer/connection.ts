import type { Socket } from "node:net";
import { openExchange, type Behaviour, type ReceivedRequest } from "./exchange.ts";
import { readRequest } from "./requestReader.ts";

/** Asked anew for every connection and request, so that a test may change its mind in between. */
export interface BehaviourChoice {
  readonly atConnect: () => Behaviour | undefined;
  readonly atRequest: (request: ReceivedRequest) => Behaviour;
}

/** Serves the requests of one connection one after the other, and goes on reading meanwhile, so that a closing client is noticed. */
export function serveConnection(socket: Socket, choice: BehaviourChoice): void {
  socket.on("error", () => undefined);
  const first = choice.atConnect();
  if (first !== undefined) {
    socket.resume();
    void first.act(openExchange(socket, undefined));
    return;
  }
  let received: Buffer = Buffer.alloc(0);
  let state: "reading" | "acting" = "reading";

  const advance = async (): Promise<void> => {
    if (state === "acting") return;
    const next = readRequest(received);
    if (next === undefined) return;
    received = next.rest;
    state = "acting";
    await choice.atRequest(next.request).act(openExchange(socket, next.request));
    state = "reading";
    await advance();
  };
  socket.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    void advance();
  });
}
