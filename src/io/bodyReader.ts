/** A reply's body as it arrives, with what ended it early. */

import type { ClientRequest, IncomingMessage } from "node:http";
import type { BodyStream, NetworkFault } from "../core/ports.ts";
import { decoded } from "./contentCoding.ts";
import { readFault, WireLimit } from "./networkFault.ts";

/** What the reader needs of its exchange. */
interface BodyWatch {
  readonly maxBytes: number;
  received(): void;
  /** Called once or more when the body has ended, however. */
  ended(): void;
  /** Our own reason for ending the request, if we did. */
  limit(): WireLimit | undefined;
}

/** Leaving the loop early ends the request on the wire. */
export function readBody(message: IncomingMessage, sent: ClientRequest, watch: BodyWatch): BodyStream {
  let fault: NetworkFault | undefined;
  const note = (error: unknown): void => {
    fault ??= readFault(watch.limit() ?? error, "body");
  };
  // A parser's error reaches the request, the cut that follows reaches the message; the first is the cause.
  sent.on("error", note);
  message.on("error", note);
  message.once("close", () => watch.ended());
  watch.received();

  async function* read(): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const chunk of (await decoded(message, note)) as AsyncIterable<Uint8Array>) {
      watch.received();
      bytes += chunk.length;
      if (bytes > watch.maxBytes) {
        note(new WireLimit("TOO_LARGE", `more than ${watch.maxBytes} bytes`));
        return;
      }
      yield chunk;
    }
  }

  return {
    fault: () => fault,
    async *[Symbol.asyncIterator]() {
      try {
        yield* read();
      } catch (error) {
        note(error);
      } finally {
        watch.ended();
        if (!message.complete) {
          sent.destroy();
        }
      }
    },
  };
}
