/** What every test of the audited transport needs: a fake transport below it, and everything that it notes. */

import assert from "node:assert/strict";
import type { AuditEntry } from "../../src/core/audit/auditEntry.ts";
import { auditedHttp } from "../../src/core/audit/auditedHttp.ts";
import type { AuditPorts, Sender } from "../../src/core/audit/auditNote.ts";
import type { BodyStream, Http, HttpOutcome, HttpRequest, StreamOutcome } from "../../src/core/ports.ts";
import { notedEntries, type NotedEntries } from "./auditEntries.ts";
import { anEndpoint, aStreamReply, fakeClock, type FakeClock } from "./builders.ts";

export const key = "sk-0123456789abcdef";
export const request: HttpRequest = {
  method: "POST",
  url: "http://localhost:8000/v1/chat/completions?api_key=hidden",
  headers: { authorization: `Bearer ${key}` },
  body: '{"model":"qwen-test","messages":[]}',
  timeouts: { connectMs: 1000, firstByteMs: 1000, idleMs: 1000 },
  maxBytes: 1_000_000,
};
const sender: Sender = {
  askedBy: "program",
  endpoint: anEndpoint({ key: { from: "env", name: "MY_KEY" } }),
  key: { kind: "key", value: key },
};
export const usage = '{"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":34}}';
export const chunk = (content: string): string =>
  `data: {"choices":[{"delta":{"content":"${content}"},"finish_reason":null}]}\n\n`;
export const done = "data: [DONE]\n\n";

interface Noted extends NotedEntries {
  readonly http: Http;
  readonly clock: FakeClock;
  readonly only: () => AuditEntry;
}

export function noted(
  answer: { readonly send?: HttpOutcome; readonly open?: StreamOutcome; readonly takesMs?: number },
  changes: Partial<AuditPorts> = {},
  from: Sender = sender,
): Noted {
  const clock = fakeClock();
  const bare: Http = {
    send: () => {
      clock.advance(answer.takesMs ?? 0);
      return answer.send === undefined
        ? Promise.reject(new Error("not asked"))
        : Promise.resolve(answer.send);
    },
    open: () => {
      clock.advance(answer.takesMs ?? 0);
      return answer.open === undefined
        ? Promise.reject(new Error("not asked"))
        : Promise.resolve(answer.open);
    },
  };
  const all = notedEntries(clock, changes);
  return {
    ...all,
    clock,
    http: auditedHttp(bare, from, all.ports),
    only: () => {
      assert.equal(all.entries.length, 1, "one entry a request");
      assert.equal(all.ports.underWay.size, 0);
      assert.equal(clock.pending(), 0, "no timer is left");
      return all.entries[0]!;
    },
  };
}

export function streaming(body: BodyStream, changes: Parameters<typeof aStreamReply>[1] = {}): StreamOutcome {
  return { kind: "reply", reply: aStreamReply(body, changes) };
}

export const signal = new AbortController().signal;

/** Reads a stream, all of it or so many pieces. */
export async function read(
  http: Http,
  pieces = Infinity,
  given = signal,
): Promise<{ text: string; fault?: string }> {
  const outcome = await http.open(request, given);
  if (outcome.kind === "fault") return { text: "", fault: outcome.fault.code };
  let text = "";
  let count = 0;
  for await (const piece of outcome.reply.body) {
    text += Buffer.from(piece).toString();
    if (++count >= pieces) break;
  }
  const fault = outcome.reply.body.fault()?.code;
  return { text, ...(fault === undefined ? {} : { fault }) };
}
