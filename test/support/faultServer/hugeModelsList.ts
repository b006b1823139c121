import { headBytes } from "./behaviours.ts";
import type { Behaviour, Exchange } from "./exchange.ts";

/** A models list too long to be wanted, made while it is sent. */
export interface HugeModelsList extends Behaviour {
  /** Bytes of the body that were handed to the kernel, over all requests; its buffers hold a few megabytes unread. */
  readonly bytesWritten: number;
}

const modelsPerWrite = 64;
/** Makes a model about a kilobyte long, so that 50 MB are some fifty thousand models. */
const description = "x".repeat(900);

/** Sends valid JSON of at least so many bytes, and stops as soon as the client closes. */
export function hugeModelsList(bytes: number): HugeModelsList {
  let bytesWritten = 0;
  return {
    on: "request",
    get bytesWritten() {
      return bytesWritten;
    },
    act: async (exchange) => {
      await exchange.write(
        headBytes(200, { "content-type": "application/json", "transfer-encoding": "chunked" }),
      );
      for (const part of listParts(bytes)) {
        if (!(await writeChunk(exchange, part))) return;
        bytesWritten += part.length;
      }
      await exchange.write("0\r\n\r\n");
    },
  };
}

function writeChunk(exchange: Exchange, text: string): Promise<boolean> {
  return exchange.write(`${text.length.toString(16)}\r\n${text}\r\n`);
}

/** Plain ASCII, so that a length in characters is one in bytes. */
function* listParts(bytes: number): Generator<string, void> {
  const start = '{"object":"list","data":[';
  yield start;
  let sent = start.length;
  for (let first = 0; sent < bytes; first += modelsPerWrite) {
    const models = Array.from({ length: modelsPerWrite }, (_, index) => modelJson(first + index));
    const part = (first === 0 ? "" : ",") + models.join(",");
    yield part;
    sent += part.length;
  }
  yield "]}";
}

function modelJson(number: number): string {
  return JSON.stringify({
    id: `model-${number}`,
    object: "model",
    created: 0,
    owned_by: "fault-server",
    description,
  });
}
