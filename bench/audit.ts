/**
 * What the audit log costs a stream: a chat of 10,000 chunks, one a read as a model gives them, read by our own reader
 * through `auditedHttp`, without and with content, against the same without the log.
 */
import { auditedHttp } from "../src/core/audit/auditedHttp.ts";
import type { AuditPorts } from "../src/core/audit/auditNote.ts";
import { readChatStream } from "../src/core/chat/readChatStream.ts";
import type { Http, HttpRequest } from "../src/core/ports.ts";
import { nodeClock } from "../src/io/nodeClock.ts";
import type { Suite } from "./figure.ts";
import { compare } from "./rounds.ts";
import { chunkJson } from "./streamParsing.ts";

const eventCount = 10_000;
const baseUrl = "http://127.0.0.1:8000/v1";

export const audit: Suite = {
  name: "audit",
  title: `a chat of ${eventCount.toLocaleString("en")} chunks read through the audit log against without it`,
  run: () => {
    const lines = Array.from({ length: eventCount }, (_, index) => chunkJson(index));
    const reads = [...lines, "[DONE]"].map((line) => Buffer.from(`data: ${line}\n\n`));
    const bare = serving(reads);
    return compare({
      suite: "audit",
      base: { name: "without", work: () => readAll(bare) },
      others: {
        audited: () => readAll(auditedHttp(bare, { askedBy: "command" }, portsOf("none"))),
        "audited, content kept": () => readAll(auditedHttp(bare, { askedBy: "command" }, portsOf("kept"))),
      },
      rounds: 15,
      warmUps: 4,
    });
  },
};

const request: HttpRequest = {
  method: "POST",
  url: `${baseUrl}/chat/completions`,
  headers: {},
  body: '{"model":"Qwen3-8B","messages":[]}',
  timeouts: { connectMs: 1000, firstByteMs: 1000, idleMs: 1000 },
  maxBytes: 1e9,
};

/** As the transport gives a body: a generator over what arrives. */
function serving(reads: readonly Uint8Array[]): Http {
  const headers = { "content-type": "text/event-stream" };
  async function* arriving(): AsyncGenerator<Uint8Array> {
    for (const read of reads) yield await Promise.resolve(read);
  }
  const body = { fault: () => undefined, [Symbol.asyncIterator]: arriving };
  return {
    send: () => Promise.reject(new Error("not sent")),
    open: () => Promise.resolve({ kind: "reply", reply: { status: 200, headers, body } }),
  };
}

function portsOf(content: "none" | "kept"): AuditPorts {
  return {
    clock: nodeClock,
    write: () => undefined,
    keepsContent: () => content === "kept",
    isoTime: (epochMs) => new Date(epochMs).toISOString(),
    underWay: new Set(),
    machine: "local",
    window: "bench",
  };
}

async function readAll(http: Http): Promise<void> {
  const outcome = await http.open(request, new AbortController().signal);
  if (outcome.kind === "fault") throw new Error(outcome.fault.code);
  const asked = { method: "POST", url: request.url, baseUrl, key: { kind: "none" } } as const;
  let answers = 0;
  for await (const event of readChatStream(outcome.reply, asked)) answers += event.kind === "answer" ? 1 : 0;
  if (answers !== eventCount) throw new Error(`Of ${eventCount} chunks ${answers} were read.`);
}
