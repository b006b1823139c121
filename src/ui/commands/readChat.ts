/** What a program may ask of `qwen.sendChat`. */

import * as v from "valibot";
import * as vscode from "vscode";

import { userMessage, type WireMessage } from "../../core/chat/wireMessage.ts";
import { Notice } from "../notice.ts";

export interface ChatGiven {
  readonly endpoint: unknown;
  readonly messages: readonly WireMessage[];
  readonly model: string | undefined;
  readonly extra: Readonly<Record<string, unknown>>;
}

export function readChat(given: unknown): ChatGiven {
  const parsed = v.safeParse(schema, given);
  if (!parsed.success) {
    throw new Notice(
      vscode.l10n.t(
        "qwen.sendChat takes an object with endpoint, either prompt or messages, and optionally model and extra. A message has a role and, as text or as a list of parts, a content.",
      ),
    );
  }
  const { endpoint, prompt, messages, model, extra } = parsed.output;
  return { endpoint, model, extra, messages: messages ?? [userMessage(prompt ?? "")] };
}

const text = v.pipe(v.string(), v.minLength(1));

/** Of an assistant's turn the calls may stand in place of the content. */
const message = v.pipe(
  v.looseObject({ role: text, content: v.nullish(v.union([v.string(), v.array(v.unknown())])) }),
  v.check((each) => (each.content ?? undefined) !== undefined || each.role === "assistant"),
);

const schema = v.pipe(
  v.object({
    endpoint: v.optional(v.unknown()),
    prompt: v.optional(text),
    messages: v.optional(v.pipe(v.array(message), v.minLength(1))),
    model: v.optional(v.string()),
    extra: v.optional(v.record(v.string(), v.unknown()), {}),
  }),
  v.check(({ prompt, messages }) => (prompt === undefined) !== (messages === undefined)),
);
