/** From the bytes of a chat reply to stream events. Total: whatever arrives, exactly one `ended` closes it. */

import { createParser, type EventSourceMessage } from "eventsource-parser";

import { parseJson } from "../diagnosis/errorEnvelope.ts";
import { excerpt } from "../diagnosis/evidence.ts";
import { type Asked, judgeReply } from "../diagnosis/judgeReply.ts";
import { judgeFault } from "../diagnosis/judgeFault.ts";
import type { NetworkFault, StreamReply } from "../ports.ts";
import { readCompletion } from "./chatChunk.ts";
import { createEventReader, noticed, withArrived } from "./eventReader.ts";
import { createLanes } from "./lanes.ts";
import type { StreamEvent } from "./streamEvent.ts";

/** A reply that is no event stream is kept up to this size, to be judged. */
const plainBytes = 16 * 1024 * 1024;

/** Reads the body of a 2xx reply to a streamed chat request. */
export async function* readChatStream(reply: StreamReply, asked: Asked): AsyncGenerator<StreamEvent> {
  const isStreamType = /event-stream/i.test(reply.headers["content-type"] ?? "");
  const decoder = new TextDecoder();
  const feed = createEventFeed(asked);
  let shape: Shape = "unknown";
  // What came before the shape was known, or all of a body that is no event stream.
  let text = "";
  for await (const bytes of reply.body) {
    const piece = decoder.decode(bytes, { stream: true });
    if (shape === "events") {
      yield* feed.push(piece);
    } else {
      text += piece;
      shape = shape === "unknown" ? shapeOf(text, isStreamType) : shape;
      yield* shape === "events" ? feed.push(text) : [];
    }
    if (feed.isOver() || (shape === "whole" && text.length > plainBytes)) {
      break;
    }
  }
  const fault = reply.body.fault();
  if (shape === "whole" || (shape === "unknown" && !isStreamType)) {
    yield* readWhole(text + decoder.decode(), fault, reply, asked);
    return;
  }
  yield* feed.end(decoder.decode(), fault);
}

type Shape = "unknown" | "events" | "whole";

/** The first letters tell, not the content type: servers stream under a wrong one, and answer with plain JSON under the right one. */
function shapeOf(text: string, isStreamType: boolean): Shape {
  const start = text.trimStart().slice(0, 6);
  if (start === "") {
    return "unknown";
  }
  if (isStreamType) {
    return /^[{[<]/.test(start) ? "whole" : "events";
  }
  if (/^(data|event|id|retry)?:/.test(start)) {
    return "events";
  }
  return ["data:", "event:", "id:", "retry:"].some((field) => field.startsWith(start)) ? "unknown" : "whole";
}

/** A plain JSON completion instead of a stream is an answer all the same, and worth a warning. */
function* readWhole(
  text: string,
  fault: NetworkFault | undefined,
  reply: StreamReply,
  asked: Asked,
): Generator<StreamEvent> {
  if (fault !== undefined) {
    const findings = [withArrived(judgeFault(asked.method, asked.url, fault, "status"), text)];
    yield {
      kind: "ended",
      outcome: fault.code === "ABORTED" ? { kind: "stopped" } : { kind: "failed", findings },
    };
    return;
  }
  const whole = { status: reply.status, headers: reply.headers, body: text, bytes: text.length, timings: {} };
  const findings = judgeReply(whole, asked);
  const parts = findings.length > 0 ? undefined : readCompletion(parseJson(text));
  if (parts === undefined) {
    const shown = findings.length > 0 ? findings : [noticed("http.malformed", [excerpt(text)], "blocker")];
    yield { kind: "ended", outcome: { kind: "failed", findings: shown } };
    return;
  }
  const lanes = createLanes();
  yield {
    kind: "noticed",
    finding: noticed("stream.plain-json", [`content-type: ${reply.headers["content-type"] ?? ""}`]),
  };
  yield* lanes.read(parts);
  yield* lanes.end();
  yield { kind: "ended", outcome: { kind: "finished", finishReason: parts.finishReason ?? "" } };
}

interface EventFeed {
  push(text: string): readonly StreamEvent[];
  /** The stream has said how it ends; the rest need not be read. */
  isOver(): boolean;
  end(rest: string, fault: NetworkFault | undefined): readonly StreamEvent[];
}

function createEventFeed(asked: Asked): EventFeed {
  const reader = createEventReader(asked);
  let events: StreamEvent[] = [];
  const parser = createParser({
    onEvent: (event: EventSourceMessage) => {
      for (const each of reader.read(event)) {
        events.push(each);
      }
    },
    onComment: (text) => reader.comment(text),
  });
  // Nothing was said since the read before this one: keep-alives alone (comments, empty deltas).
  let isQuiet = true;

  const push = (text: string): readonly StreamEvent[] => {
    parser.feed(text);
    const read = events;
    events = [];
    isQuiet = read.length === 0;
    return read;
  };

  const end = (rest: string, fault: NetworkFault | undefined): readonly StreamEvent[] => {
    // The last event of a stream that ended without its closing blank line is an event too; half of one after a cut is not.
    const wasQuiet = isQuiet;
    const last = push(rest + (fault === undefined ? "\n\n" : ""));
    return [...last, ...reader.end(fault, wasQuiet ? "quiet" : "speaking")];
  };

  return { push, end, isOver: () => reader.outcome() !== undefined };
}
