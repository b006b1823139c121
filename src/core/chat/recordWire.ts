/** Keeps what a run sends and receives, to be looked into. Bytes, faults and back-pressure pass on untouched. */

import { secretsIn } from "../diagnosis/maskedHeaders.ts";
import type { Redactor } from "../diagnosis/redact.ts";
import { requestHeaders } from "../endpoint/requestHeaders.ts";
import type { BodyStream, Clock, Credentials, Http, HttpRequest, StreamReply } from "../ports.ts";
import { KeptExchange, type KeptRoom } from "./keptExchange.ts";
import type { WireExchange } from "./runWire.ts";

/** Of all bodies of a run. */
const bodiesKept = 8 * 1024 * 1024;

export interface WireRecorder {
  /** The same Http, of which every exchange is kept. What the credentials hold is shown nowhere. */
  through(http: Http, credentials: Credentials): Http;
  /** In the order in which they were sent; those that go on as far as they have come. */
  exchanges(): readonly WireExchange[];
  /** Kept of all bodies. */
  bytes(): number;
  /** Lets go of all that was kept. */
  drop(): void;
}

export function createWireRecorder(
  clock: Clock,
  redactor: Redactor,
  kept: number = bodiesKept,
): WireRecorder {
  let exchanges: readonly KeptExchange[] = [];
  const room: KeptRoom = { left: kept };
  const begin = (request: HttpRequest): KeptExchange => {
    const exchange = new KeptExchange(request, room, clock, redactor);
    exchanges = [...exchanges, exchange];
    return exchange;
  };
  return {
    exchanges: () => exchanges,
    bytes: () => kept - room.left,
    drop: () => {
      exchanges = [];
      room.left = kept;
    },
    through(http, credentials) {
      secretsIn(requestHeaders(credentials)).forEach((secret) => redactor.know(secret));
      return recorded(http, begin);
    },
  };
}

function recorded(http: Http, begin: (request: HttpRequest) => KeptExchange): Http {
  return {
    async send(request, signal) {
      const exchange = begin(request);
      const outcome = await http.send(request, signal);
      if (outcome.kind !== "fault") {
        exchange.opened(outcome.reply.status, outcome.reply.headers);
        exchange.add(new TextEncoder().encode(outcome.reply.body));
      }
      exchange.end(outcome.kind === "reply" ? undefined : outcome.fault.code, "closed");
      return outcome;
    },
    async open(request, signal) {
      const exchange = begin(request);
      const outcome = await http.open(request, signal);
      if (outcome.kind === "fault") {
        exchange.end(outcome.fault.code, "closed");
        return outcome;
      }
      exchange.opened(outcome.reply.status, outcome.reply.headers);
      return { kind: "reply", reply: { ...outcome.reply, body: noted(outcome.reply, exchange) } };
    },
  };
}

function noted({ body }: StreamReply, exchange: KeptExchange): BodyStream {
  return {
    fault: () => body.fault(),
    async *[Symbol.asyncIterator]() {
      let how: "closed" | "left" = "left";
      try {
        for await (const bytes of body) {
          exchange.add(bytes);
          yield bytes;
        }
        how = "closed";
      } finally {
        exchange.end(body.fault()?.code, how);
      }
    },
  };
}
