/** One streamed chat request, read as the chat panel reads it, with the times at which its parts arrived. */

import { readChatStream } from "../../chat/readChatStream.ts";
import { readWholeBody } from "../../chat/readWholeBody.ts";
import { emptyTranscript, foldEvent, type Transcript } from "../../chat/transcript.ts";
import type { BodyStream, HttpOutcome, HttpReply, StreamReply } from "../../ports.ts";
import type { DiagnosisPorts, Learned, Subject } from "../step.ts";
import { taskAsked, type TaskReply, type Wire, wireRequest } from "./taskRequest.ts";

/** Times in milliseconds since the request was sent. */
export interface Arrival {
  /** Pieces of answer, thinking or tool call. */
  readonly parts: number;
  /** How many reads of the body brought them. */
  readonly reads: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly endMs: number;
}

export interface StreamedChat extends TaskReply {
  /** Absent when the server refused, or the network did. */
  readonly streamed?: { readonly transcript: Transcript; readonly arrival: Arrival };
}

export async function streamChat(
  wire: Wire,
  subject: Subject,
  learned: Learned,
  { http, clock }: DiagnosisPorts,
  signal: AbortSignal,
): Promise<StreamedChat> {
  const body = { ...wire.body, stream: true };
  const request = wireRequest({ ...wire, body }, subject);
  const sent = { url: wire.url, body: request.body ?? "" };
  const startMs = clock.now();
  const outcome = await http.open(request, signal);
  if (outcome.kind === "fault") {
    return { ...sent, outcome };
  }
  const { reply } = outcome;
  if (reply.status < 200 || reply.status > 299) {
    return { ...sent, outcome: outcomeOf(await readWholeBody(reply), reply.body) };
  }
  const watched = watch(reply.body);
  let transcript = emptyTranscript;
  let parts = 0;
  const partReads = new Set<number>();
  const asked = taskAsked(wire.url, subject, learned, "chat");
  for await (const event of readChatStream({ ...reply, body: watched.body }, asked)) {
    transcript = foldEvent(transcript, event, clock.now() - startMs);
    if (event.kind === "answer" || event.kind === "reasoning" || event.kind === "tool-call") {
      parts += 1;
      partReads.add(watched.reads());
    }
  }
  const endMs = clock.now() - startMs;
  const { firstAtMs = endMs, lastAtMs = endMs } = transcript;
  const arrival = { parts, reads: partReads.size, firstMs: firstAtMs, lastMs: lastAtMs, endMs };
  return {
    ...sent,
    outcome: outcomeOf(asReply(reply, watched.text()), reply.body),
    streamed: { transcript, arrival },
  };
}

function outcomeOf(reply: HttpReply, body: BodyStream): HttpOutcome {
  const fault = body.fault();
  return fault === undefined ? { kind: "reply", reply } : { kind: "cut", reply, fault };
}

function asReply({ status, headers }: StreamReply, text: string): HttpReply {
  return { status, headers, body: text, bytes: text.length, timings: {} };
}

/** How much of a stream is kept as text: a test's answer is short. */
const textKept = 256 * 1024;

interface Watched {
  readonly body: BodyStream;
  /** How often the body was read so far. */
  readonly reads: () => number;
  readonly text: () => string;
}

function watch(body: BodyStream): Watched {
  const decoder = new TextDecoder();
  let reads = 0;
  let text = "";
  return {
    reads: () => reads,
    text: () => text,
    body: {
      fault: () => body.fault(),
      async *[Symbol.asyncIterator]() {
        for await (const bytes of body) {
          reads += 1;
          text += text.length < textKept ? decoder.decode(bytes, { stream: true }) : "";
          yield bytes;
        }
      },
    },
  };
}
