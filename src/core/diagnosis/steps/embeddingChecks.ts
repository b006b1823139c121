/** The requests of a full test of embeddings, one change at a time: each is compared with the vector of the short text alone. */

import type { TaskReply, Wire } from "./taskRequest.ts";

export type EmbeddingCheckId = "again" | "batch" | "dimensions" | "base64" | "similarity";

export interface EmbeddingCheck {
  readonly id: EmbeddingCheckId;
  readonly reply: TaskReply;
}

export const shortText = "ping";

/** Longer than the short text, so that a batch has to be padded. */
const longerText = "The quick brown fox jumps over the lazy dog.";

export const batch: readonly string[] = [shortText, longerText];

/** Small enough to be shorter than every known model, and among the sizes DashScope takes (servers.md 0.7). */
export const fewDimensions = 64;

/** A sentence, one that says nearly the same, and one about something else. */
export interface Triple {
  readonly language: string;
  readonly texts: readonly [text: string, similar: string, unrelated: string];
}

export const triples: readonly [Triple, Triple] = [
  {
    language: "en",
    texts: [
      "The cat sleeps on the sofa.",
      "A cat is sleeping on the sofa.",
      "Interest rates rose sharply last quarter.",
    ],
  },
  {
    language: "zh",
    texts: ["小猫在沙发上睡觉。", "一只猫睡在沙发上。", "上季度利率大幅上升。"],
  },
];

interface Asked {
  readonly url: string;
  readonly model: string;
  /** `unsaid` where the server refused `encoding_format`. */
  readonly encoding: "said" | "unsaid";
}

/** Sent one after the other; after one that was not answered at all, or was one too many, the rest is left out. */
export async function sendChecks(
  { url, model, encoding }: Asked,
  send: (wire: Wire) => Promise<TaskReply>,
): Promise<readonly EmbeddingCheck[]> {
  const usual = { model, input: shortText, ...(encoding === "said" ? { encoding_format: "float" } : {}) };
  const bodies: readonly (readonly [EmbeddingCheckId, Wire["body"]])[] = [
    ["again", usual],
    ["batch", { ...usual, input: batch }],
    ["dimensions", { ...usual, dimensions: fewDimensions }],
    ...(encoding === "said" ? [["base64", { ...usual, encoding_format: "base64" }] as const] : []),
    ["similarity", { ...usual, input: triples.flatMap(({ texts }) => texts) }],
  ];
  const sent: EmbeddingCheck[] = [];
  for (const [id, body] of bodies) {
    const reply = await send({ url, body });
    sent.push({ id, reply });
    if (reply.outcome.kind !== "reply" || reply.outcome.reply.status === 429) {
      break;
    }
  }
  return sent;
}
