/** Asks for a short chat in the form that the endpoint takes: as plain as it can be, and otherwise only where that is refused. */

import { type ChatHabits, plainHabits } from "../chatHabits.ts";
import type { Finding } from "../finding.ts";
import type { DiagnosisPorts, Learned, Subject } from "../step.ts";
import { askChat, type ChatReply, judgeChatReply, user } from "./chatProbe.ts";
import { saidNothing } from "./saidNothing.ts";

/** One form of asking, and what came of it. */
export interface AskedForm {
  readonly habits: ChatHabits;
  readonly reply: ChatReply;
}

export interface AskedForms {
  /** Forms that were refused in a way that another one may cure, in order. */
  readonly refused: readonly AskedForm[];
  /** The one that counts. */
  readonly last: AskedForm;
  /** Streams that were tried on a guess after `last`, and brought no answer. */
  readonly inVain: readonly AskedForm[];
}

/** The longest answer, in tokens. */
export const pingTokens = 8;

/** Another form of asking. */
interface Change {
  readonly habits: ChatHabits;
  /** `asked`: the server's own words ask for it. */
  readonly why: "asked" | "guessed";
}

export async function askUntilTaken(
  subject: Subject,
  learned: Learned,
  ports: DiagnosisPorts,
  signal: AbortSignal,
): Promise<AskedForms> {
  const refused: AskedForm[] = [];
  let guessedAt: number | undefined;
  let habits = plainHabits;
  for (;;) {
    const known = { ...learned, chatHabits: habits };
    const reply = await askChat(
      { messages: [user("ping")], tokens: pingTokens },
      subject,
      known,
      ports,
      signal,
    );
    const last = { habits, reply };
    const next = otherForm(last, judgeChatReply(reply, subject, known));
    if (next === undefined) {
      return settled(refused, last, guessedAt);
    }
    guessedAt = next.why === "guessed" ? refused.length : guessedAt;
    refused.push(last);
    habits = next.habits;
  }
}

/** How to ask instead; each form is given up once, so this ends. */
function otherForm({ habits, reply }: AskedForm, failures: readonly Finding[]): Change | undefined {
  const codes = failures.map(({ code }) => code);
  const said = reply.outcome.kind === "reply" ? reply.outcome.reply.body : "";
  if (habits.delivery === "whole") {
    const streamed: ChatHabits = { ...habits, delivery: "stream" };
    if (codes.includes("request.thinking-needs-stream") || asksForStream(reply)) {
      return { habits: streamed, why: "asked" };
    }
    // A gateway gives up on a whole reply that takes its time, and lets a stream through.
    if (codes.includes("http.gateway") || codes.includes("http.timeout")) {
      return { habits: streamed, why: "guessed" };
    }
  }
  if (!codes.includes("request.max-tokens") || habits.limit === undefined) {
    return undefined;
  }
  const { limit, ...rest } = habits;
  const isRenamed = limit === "max_tokens" && said.includes("max_completion_tokens");
  return { habits: isRenamed ? { ...rest, limit: "max_completion_tokens" } : rest, why: "asked" };
}

/** "Stream must be set to true", "Non-streaming requests are not supported", "only support stream mode". */
const streamWanted =
  /non-?.?stream\w*.{0,40}(not|n't|un)\s?.?(support|allow|available)|only.{0,20}\bstream|\bstream\w*.{0,20}(must|should|needs? to|has to) be( set to)?\W{0,4}(true|enabled|on)\b|set .{0,4}stream\W{0,4}(to|=|:)\W{0,3}true|(requires?|enable).{0,20}\bstream/i;

function asksForStream({ outcome }: ChatReply): boolean {
  const isRefusal = outcome.kind === "reply" && [400, 405, 422, 501].includes(outcome.reply.status);
  return isRefusal && streamWanted.test(outcome.reply.body.slice(0, 2000));
}

/** Where streaming was a guess and brought no answer, what came before it counts. */
function settled(refused: readonly AskedForm[], last: AskedForm, guessedAt: number | undefined): AskedForms {
  const before = guessedAt === undefined ? undefined : refused[guessedAt];
  const { said } = last.reply;
  if (before === undefined || (said !== undefined && !saidNothing(said, pingTokens))) {
    return { refused, last, inVain: [] };
  }
  return {
    refused: refused.slice(0, guessedAt),
    last: before,
    inVain: [...refused.slice((guessedAt ?? 0) + 1), last],
  };
}
