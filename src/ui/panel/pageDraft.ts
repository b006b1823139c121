/** A draft as the page sent it: the page is trusted no more than what it shows. */

import * as v from "valibot";

import type { ChatDraft } from "../../core/chat/chatDraft.ts";
import type { CompareTarget } from "../../shared/composerViews.ts";

const fields = v.record(v.string(), v.unknown());

const image = v.object({ id: v.string(), name: v.string(), mime: v.string(), bytes: v.number() });

const message = v.object({
  role: v.picklist(["user", "assistant", "tool"]),
  text: v.string(),
  images: v.array(image),
  rest: v.exactOptional(fields),
});

const thinking = v.variant("kind", [
  v.object({ kind: v.literal("on") }),
  v.object({ kind: v.literal("off") }),
  v.object({ kind: v.literal("budget"), tokens: v.number() }),
]);

const draft = v.object({
  endpointId: v.string(),
  model: v.string(),
  system: v.string(),
  messages: v.array(message),
  parameters: fields,
  thinking: v.exactOptional(thinking),
  extra: v.string(),
});

const targets = v.pipe(
  v.array(v.object({ endpointId: v.string(), model: v.string() })),
  v.minLength(2),
  v.maxLength(4),
);

/** Throws at anything else. */
export function readPageDraft(value: unknown): ChatDraft {
  return v.parse(draft, value);
}

export function readTargets(value: unknown): readonly CompareTarget[] {
  return v.parse(targets, value);
}
