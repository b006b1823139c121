/**
 * From the bytes of a streamed chat reply to StreamEvents (`readChatStream`, our only reader), against `JSON.parse` of
 * the same data lines alone: for reads of 16 KiB as a fast network gives them, and for one read an event as a model
 * gives them; recorded as the panel does, and that record looked into (decoded, cleaned of secrets, parsed into events).
 * For comparison the openai package's own stream over the same reads.
 */
import { Stream } from "openai/core/streaming";
import { createWireRecorder } from "../src/core/chat/recordWire.ts";
import type { WireExchange } from "../src/core/chat/runWire.ts";
import { createRedactor } from "../src/core/diagnosis/redact.ts";
import type { Http } from "../src/core/ports.ts";
import { nodeClock } from "../src/io/nodeClock.ts";
import { readChatStream } from "../src/core/chat/readChatStream.ts";
import type { Asked } from "../src/core/diagnosis/judgeReply.ts";
import type { Suite } from "./figure.ts";
import { compare } from "./rounds.ts";

const eventCount = 10_000;
const readBytes = 16 * 1024;

type Reads = readonly Uint8Array[];

export const streamParsing: Suite = {
  name: "stream",
  title: `${eventCount.toLocaleString("en")} chat chunks: bytes to events against JSON.parse of the data alone`,
  run: () => {
    const lines = Array.from({ length: eventCount }, (_, index) => chunkJson(index));
    const perEvent = [...lines, "[DONE]"].map((line) => Buffer.from(`data: ${line}\n\n`));
    const inBlocks = blocksOf(Buffer.concat(perEvent));
    return compare({
      suite: "stream",
      base: { name: "JSON.parse", work: () => lines.forEach((line) => void JSON.parse(line)) },
      others: {
        "ours, 16 KiB a read": () => readOurs(inBlocks),
        "ours, an event a read": () => readOurs(perEvent),
        "ours, an event a read, recorded for the panel": () => readRecorded(perEvent),
        "the same, looked into": () =>
          readRecorded(perEvent, (exchange) => expectAll(exchange.events.length - 2)),
        "openai package, 16 KiB a read": () => readTheirs(inBlocks),
        "openai package, an event a read": () => readTheirs(perEvent),
      },
      rounds: 15,
      warmUps: 4,
    });
  },
};

/** As SGLang sends them: fields that say null in every chunk. */
export function chunkJson(index: number): string {
  const delta = { role: null, content: ` word${index}`, reasoning_content: null, tool_calls: null };
  return JSON.stringify({
    id: "3f1c0c7a9b7e4c55a1d2e3f405162738",
    object: "chat.completion.chunk",
    created: 1_763_700_000,
    model: "Qwen3-8B",
    choices: [{ index: 0, delta, logprobs: null, finish_reason: null, matched_stop: null }],
    usage: null,
  });
}

function blocksOf(bytes: Uint8Array): Reads {
  return Array.from({ length: Math.ceil(bytes.length / readBytes) }, (_, index) =>
    bytes.subarray(index * readBytes, (index + 1) * readBytes),
  );
}

const asked: Asked = {
  method: "POST",
  url: "http://127.0.0.1/v1/chat/completions",
  baseUrl: "http://127.0.0.1/v1",
  key: { kind: "none" },
};

const timeouts = { connectMs: 1_000, firstByteMs: 1_000, idleMs: 1_000 };

async function readOurs(reads: Reads): Promise<void> {
  const body = { fault: () => undefined, [Symbol.asyncIterator]: () => arriving(reads) };
  const reply = { status: 200, headers: { "content-type": "text/event-stream" }, body };
  let length = 0;
  for await (const event of readChatStream(reply, asked)) length += event.kind === "answer" ? 1 : 0;
  expectAll(length);
}

/** As a run does: every read is kept with its time. */
async function readRecorded(
  reads: Reads,
  look: (exchange: WireExchange) => void = () => undefined,
): Promise<void> {
  const recorder = createWireRecorder(nodeClock, createRedactor());
  const body = { fault: () => undefined, [Symbol.asyncIterator]: () => arriving(reads) };
  const reply = { status: 200, headers: { "content-type": "text/event-stream" }, body };
  const way: Http = {
    send: () => Promise.reject(new Error("nothing is sent whole")),
    open: () => Promise.resolve({ kind: "reply", reply }),
  };
  const credentials = { key: { kind: "key", value: "sk-bench-0123456789" }, headers: {} } as const;
  const request = { ...asked, headers: {}, timeouts, maxBytes: 1e9 } as const;
  const opened = await recorder.through(way, credentials).open(request, new AbortController().signal);
  let length = 0;
  if (opened.kind === "reply") {
    for await (const event of readChatStream(opened.reply, asked)) length += event.kind === "answer" ? 1 : 0;
  }
  expectAll(length);
  recorder.exchanges().forEach(look);
}

async function readTheirs(reads: Reads): Promise<void> {
  const bytes = arriving(reads);
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await bytes.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
  const stream = Stream.fromSSEResponse<TheirChunk>(new Response(body), new AbortController());
  let length = 0;
  for await (const chunk of stream) length += typeof chunk.choices[0]?.delta.content === "string" ? 1 : 0;
  expectAll(length);
}

type TheirChunk = { readonly choices: readonly { readonly delta: { readonly content?: string | null } }[] };

async function* arriving(reads: Reads): AsyncGenerator<Uint8Array> {
  for (const read of reads) yield await Promise.resolve(read);
}

/** A reader that lost something would look fast. */
function expectAll(length: number): void {
  if (length !== eventCount) throw new Error(`Of ${eventCount} chunks ${length} were read.`);
}
