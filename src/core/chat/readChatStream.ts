/** From the bytes of a chat reply to stream events. Total: whatever arrives, exactly one `ended` closes it. */

import { createParser, type EventSourceMessage } from "eventsource-parser";

import { parseJson } from "../diagnosis/errorEnvelope.ts";
import { excerpt } from "../diagnosis/evidence.ts";
import { type Asked, judgeReply } from "../diagnosis/judgeReply.ts";
import { judgeFault } from "../diagnosis/judgeFault.ts";
import type { StreamReply } from "../ports.ts";
import { readChunk } from "./chatChunk.ts";
import { createEventReader, noticed } from "./eventReader.ts";
import { laneEvents, partsToEvents } from "./lanes.ts";
import type { StreamEvent } from "./streamEvent.ts";
import { createThinkSplitter } from "./thinkSplitter.ts";

/** A reply that is no event stream is kept up to this size, to be judged. */
const plainBytes = 16 * 1024 * 1024;

/** Reads the body of a 2xx reply to a streamed chat request. */
export async function* readChatStream(reply: StreamReply, asked: Asked): AsyncGenerator<StreamEvent> {
  const type = reply.headers["content-type"] ?? "";
  const events = /event-stream/i.test(type) ? readEvents(reply, asked) : sniff(reply, asked);
  yield* events;
}

/** Servers that stream under a wrong content type are read as streams; anything else is judged as a whole. */
async function* sniff(reply: StreamReply, asked: Asked): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  let text = "";
  const iterator = reply.body[Symbol.asyncIterator]();
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    text += decoder.decode(next.value, { stream: true });
    if (/^\s*(data|event|id|retry)?:/.test(text)) {
      yield* readEvents({ ...reply, body: resume(reply, text, iterator) }, asked);
      return;
    }
    if (text.length > plainBytes) {
      break;
    }
  }
  yield* readWhole(text + decoder.decode(), reply, asked);
}

function resume(reply: StreamReply, text: string, rest: AsyncIterator<Uint8Array>): StreamReply["body"] {
  return {
    fault: () => reply.body.fault(),
    async *[Symbol.asyncIterator]() {
      yield new TextEncoder().encode(text);
      for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
        yield next.value;
      }
    },
  };
}

/** A plain JSON completion instead of a stream is an answer all the same, and worth a warning. */
function* readWhole(text: string, reply: StreamReply, asked: Asked): Generator<StreamEvent> {
  const fault = reply.body.fault();
  if (fault !== undefined) {
    yield {
      kind: "ended",
      outcome: { kind: "failed", findings: [judgeFault(asked.method, asked.url, fault, "status")] },
    };
    return;
  }
  const whole = { status: reply.status, headers: reply.headers, body: text, bytes: text.length, timings: {} };
  const findings = judgeReply(whole, asked);
  const parts = findings.length > 0 ? undefined : readChunk(parseJson(text));
  if (parts === undefined) {
    const shown = findings.length > 0 ? findings : [noticed("http.malformed", [excerpt(text)], "blocker")];
    yield { kind: "ended", outcome: { kind: "failed", findings: shown } };
    return;
  }
  const splitter = createThinkSplitter();
  yield {
    kind: "noticed",
    finding: noticed("stream.plain-json", [`content-type: ${reply.headers["content-type"] ?? ""}`]),
  };
  yield* partsToEvents(parts, splitter);
  yield* laneEvents(splitter.end());
  yield { kind: "ended", outcome: { kind: "finished", finishReason: parts.finishReason ?? "" } };
}

async function* readEvents(reply: StreamReply, asked: Asked): AsyncGenerator<StreamEvent> {
  const queue: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => void queue.push(event) });
  const decoder = new TextDecoder();
  const reader = createEventReader(asked);
  for await (const bytes of reply.body) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    for (const event of queue.splice(0)) {
      yield* reader.read(event);
    }
    if (reader.outcome() !== undefined) {
      break;
    }
  }
  const fault = reply.body.fault();
  // The last event of a stream that ended without its closing blank line is an event too; half of one after a cut is not.
  parser.feed(decoder.decode() + (fault === undefined ? "\n\n" : ""));
  for (const event of queue) {
    yield* reader.read(event);
  }
  yield* reader.end(fault);
}
