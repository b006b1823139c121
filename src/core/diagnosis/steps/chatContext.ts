/** Is the context large enough for ordinary prompts, and is a long one cut without a word? */

import { profileOf } from "../../servers/profileOf.ts";
import { excerpt } from "../evidence.ts";
import type { Finding } from "../finding.ts";
import type { DiagnosisPorts, Learned, Subject } from "../step.ts";
import { found } from "./chatExtras.ts";
import { askChat, type ChatReply, judgeChatReply, user } from "./chatProbe.ts";

/** Above what Ollama starts with on a small GPU: 4096, and 2048 in older versions (servers.md section 4). */
const wordsSent = 5000;

/** A word is one token or more, so fewer tokens than this share of the words were not all read. */
const leastShare = 0.9;

/** A smaller context is worth knowing: a page of code or a few search results fill it. */
const smallContext = 8192;

/** Asks only servers that cut long prompts silently: others say so themselves. */
export async function probeContext(
  subject: Subject,
  learned: Learned,
  ports: DiagnosisPorts,
  signal: AbortSignal,
): Promise<ChatReply | undefined> {
  if (subject.depth !== "full" || profileOf(learned.server?.id).longPrompt !== "truncated") {
    return undefined;
  }
  // Another start each time: older versions of Ollama do not count what they have cached.
  const prompt = `${ports.clock.epochMs()}${" word".repeat(wordsSent)}`;
  return askChat({ messages: [user(prompt)], tokens: 1 }, subject, learned, ports, signal);
}

export function judgeContext(
  probe: ChatReply | undefined,
  subject: Subject,
  learned: Learned,
): { readonly evidence: readonly string[]; readonly findings: readonly Finding[] } {
  const cut = probe === undefined ? nothing : judgeProbe(probe, subject, learned);
  const { served, chosen } = learned;
  const length = served?.find(({ id }) => id === chosen?.chat)?.contextLength;
  if (subject.depth !== "full" || length === undefined || length >= smallContext || length <= 0) {
    return cut;
  }
  const evidence = [`${excerpt(chosen?.chat ?? "", 200)}: context ${length}`];
  return {
    evidence: [...cut.evidence, ...evidence],
    findings: [...cut.findings, found("request.context-length", "note", evidence)],
  };
}

const nothing = { evidence: [], findings: [] };

function judgeProbe(probe: ChatReply, subject: Subject, learned: Learned): ReturnType<typeof judgeContext> {
  const counted = probe.said?.usage?.promptTokens;
  if (counted === undefined || counted <= 0) {
    const refused = judgeChatReply(probe, subject, learned).find(
      ({ code }) => code === "request.context-length",
    );
    const evidence = [`${wordsSent} words sent → ${refused?.evidence.join(" ") ?? "no usage.prompt_tokens"}`];
    return {
      evidence,
      findings: refused === undefined ? [] : [found("request.context-length", "note", evidence)],
    };
  }
  const evidence = [`${wordsSent} words sent, usage.prompt_tokens: ${counted}`];
  const isCut = counted < wordsSent * leastShare;
  return { evidence, findings: isCut ? [found("request.context-length", "warning", evidence)] : [] };
}
