/** What the log says was wrong with an exchange, by the same judgement as tests, background checks and runs. */

import { judgeErrorEvent } from "../chat/eventReader.ts";
import { holdsError, parseJson } from "../diagnosis/errorEnvelope.ts";
import type { FindingCode } from "../diagnosis/finding.ts";
import { type Asked, judgeOutcome, judgeReply } from "../diagnosis/judgeReply.ts";
import type { HttpReply, NetworkFault } from "../ports.ts";

/** As much of a reply as was kept. */
export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: number;
  readonly head: string;
  readonly tail: string;
  /** Is `head` all of it? */
  readonly isWhole: boolean;
}

/** What of the end of a stream is looked at for an error. */
const eventsRead = 4;

/** `freeForm`: a reply may say what it likes, only its absence is a finding. */
export function auditFinding(
  asked: Asked,
  received: Received | undefined,
  fault: NetworkFault | undefined,
  form: "free-form" | "api",
): FindingCode | undefined {
  // What was cancelled was not wrong.
  if (fault?.code === "ABORTED") {
    return undefined;
  }
  if (received === undefined) {
    return fault === undefined ? undefined : judgeOutcome({ kind: "fault", fault }, asked)[0]?.code;
  }
  if (isSuccess(received) && isEventStream(received)) {
    return streamFinding(asked, received.tail, fault);
  }
  if (fault !== undefined) {
    return judgeOutcome({ kind: "cut", reply: replyOf(received), fault }, asked)[0]?.code;
  }
  if (form === "free-form" || (isSuccess(received) && !received.isWhole)) {
    return undefined;
  }
  return judgeReply(replyOf(received), asked)[0]?.code;
}

/** Has a stream said how it ends? Whoever reads no further then misses nothing. */
export function saysItsEnd(tail: string): boolean {
  return /^data: ?\[DONE\]/m.test(tail) || /"finish_reason"\s*:\s*"(?!null")/.test(tail);
}

/** The first letters tell, not the content type, which servers get wrong. */
export function isEventStream({ headers, head }: Pick<Received, "headers" | "head">): boolean {
  const start = head.trimStart();
  return /event-stream/i.test(headers["content-type"] ?? "")
    ? !/^[{[<]/.test(start)
    : /^(data|event|id|retry)?:/.test(start);
}

function streamFinding(asked: Asked, tail: string, fault: NetworkFault | undefined): FindingCode | undefined {
  const error = errorIn(tail);
  if (error !== undefined) {
    return judgeErrorEvent(error, 200, asked).code;
  }
  if (fault === undefined || saysItsEnd(tail)) {
    return undefined;
  }
  return fault.timer === "idle" ? "stream.stalled" : "stream.cut";
}

/** The data of an error among the last events. */
function errorIn(tail: string): string | undefined {
  const events = tail.split(/\r?\n\r?\n/).slice(-eventsRead - 1);
  for (const event of events) {
    const data = /^data: ?(.*)$/m.exec(event)?.[1];
    if (data !== undefined && (/^event: ?error\s*$/m.test(event) || holdsError(parseJson(data)))) {
      return data;
    }
  }
  return undefined;
}

function isSuccess({ status }: Received): boolean {
  return status >= 200 && status < 300;
}

function replyOf({ status, headers, head, bytes }: Received): HttpReply {
  return { status, headers, body: head, bytes, timings: {} };
}
