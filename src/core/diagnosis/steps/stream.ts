/** Does a streamed answer arrive piece by piece, and end as it should? */

import { type ChatHabits, plainHabits } from "../chatHabits.ts";
import type { Finding } from "../finding.ts";
import type { DiagnosisPorts, Learned, Step, Subject } from "../step.ts";
import { found, isPlainProtocol, judgeExtra, plainProtocol, skipped } from "./chatExtras.ts";
import { askChat, type ChatAsk, type ChatReply, hasThought, user } from "./chatProbe.ts";
import { saidNothing } from "./saidNothing.ts";
import type { Arrival } from "./streamedChat.ts";
import { taskEvidence } from "./taskRequest.ts";

interface StreamEvidence {
  readonly plain: ChatReply;
  /** The same with `stream_options.include_usage`, where the plain one brought no usage. */
  readonly withUsage?: ChatReply;
}

const counting: ChatAsk = { messages: [user("Count from 1 to 30.")], tokens: 32 };

export const stream: Step<StreamEvidence | undefined> = {
  id: "stream",
  task: "chat",
  depth: "full",

  async gather(subject, learned, ports, signal) {
    if (isPlainProtocol(subject)) {
      return undefined;
    }
    const plain = await askStreamed(counting, subject, learned, ports, signal);
    if (plain.said === undefined || plain.said.usage !== undefined) {
      return { plain };
    }
    const extra = { stream_options: { include_usage: true } };
    return {
      plain,
      withUsage: await askStreamed({ ...counting, tokens: 4, extra }, subject, learned, ports, signal),
    };
  },

  judge(evidence, subject, learned) {
    if (evidence === undefined) {
      return skipped(plainProtocol);
    }
    const { plain, withUsage } = evidence;
    const arrival = plain.streamed?.arrival;
    const habits = learned.chatHabits ?? plainHabits;
    const chatHabits: ChatHabits = {
      ...habits,
      reasoning: hasThought(plain.said) ? "seen" : habits.reasoning,
    };
    return {
      evidence: [
        ...taskEvidence(plain),
        ...(arrival === undefined ? [] : [arrivalEvidence(arrival)]),
        usageEvidence(plain, withUsage),
      ],
      findings: [
        ...judgeStream(plain, subject, learned),
        ...(arrival === undefined ? [] : judgeArrival(arrival)),
      ],
      learned: { chatHabits },
    };
  },
};

function askStreamed(
  ask: ChatAsk,
  subject: Subject,
  learned: Learned,
  ports: DiagnosisPorts,
  signal: AbortSignal,
): Promise<ChatReply> {
  const chatHabits: ChatHabits = { ...plainHabits, ...learned.chatHabits, delivery: "stream" };
  return askChat(ask, subject, { ...learned, chatHabits }, ports, signal);
}

/** A stream that breaks ends every streamed answer; a server that only refuses to stream still answers without. */
function judgeStream(reply: ChatReply, subject: Subject, learned: Learned): readonly Finding[] {
  const { streamed, said } = reply;
  if (streamed === undefined) {
    return judgeExtra(reply, subject, learned);
  }
  const { findings } = streamed.transcript;
  const isEmpty = said !== undefined && saidNothing(said, counting.tokens);
  const empty = isEmpty ? [found("http.malformed", "warning", taskEvidence(reply).slice(1))] : [];
  // The test's own requests may use up a small limit.
  const isLimit = ({ code }: Finding): boolean => code.startsWith("limit.") || code === "server.overloaded";
  return [
    ...findings.map((each): Finding => (isLimit(each) ? { ...each, severity: "warning" } : each)),
    ...empty,
  ];
}

/** Fewer pieces, or a first one as early as this, say nothing of a proxy. */
const fewestParts = 8;
const earlyMs = 500;

/** All together at the end: hardly more than one read, after a wait that is nearly the whole time. A fast server reads alike, but is early. */
function judgeArrival(arrival: Arrival): readonly Finding[] {
  const { parts, reads, firstMs, endMs } = arrival;
  const isBurst = parts >= fewestParts && reads <= parts / 4;
  return isBurst && firstMs > earlyMs && firstMs > 0.9 * endMs
    ? [found("stream.buffered", "warning", [arrivalEvidence(arrival)])]
    : [];
}

function arrivalEvidence({ parts, reads, firstMs, lastMs, endMs }: Arrival): string {
  const [first, last, end] = [firstMs, lastMs, endMs].map((milliseconds) => Math.round(milliseconds));
  return `${parts} parts in ${reads} reads: first after ${first} ms, last after ${last} ms, end after ${end} ms`;
}

function usageEvidence(plain: ChatReply, withUsage: ChatReply | undefined): string {
  if (withUsage === undefined) {
    return plain.said === undefined ? "usage: –" : "usage: in the stream";
  }
  if (withUsage.said?.usage !== undefined) {
    return "usage: with stream_options.include_usage";
  }
  const { outcome } = withUsage;
  const status = outcome.kind === "fault" ? outcome.fault.code : outcome.reply.status;
  return `usage: none, stream_options.include_usage → ${status}`;
}
