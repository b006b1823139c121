/** A run as it is kept in a file: what was shown, and what it takes to ask again. */

import * as v from "valibot";

import type { ChatDraft } from "../../core/chat/chatDraft.ts";
import type { RunSnapshot } from "../../shared/runPanel.ts";

export interface KeptRun {
  readonly snapshot: RunSnapshot;
  /** Of a chat, with and without its answer; of a comparison both are what was asked. */
  readonly drafts?: { readonly with: ChatDraft; readonly without: ChatDraft };
  /** What Copy copies, where that is not the answer. */
  readonly copied?: string;
}

/** The text of a file of at most `limit` bytes. A draft that does not fit is left out: half a question is another question. */
export function writeKept(run: KeptRun, limit: number, cutNote: string): string {
  const shown = withoutBytes(run.snapshot);
  const whole = JSON.stringify({ version, ...run, snapshot: shown });
  if (bytesOf(whole) <= limit) {
    return whole;
  }
  for (const length of textLengths) {
    const text = JSON.stringify(withTextsCut({ version, snapshot: shown }, length, cutNote));
    if (bytesOf(text) <= limit) {
      return text;
    }
  }
  const { head } = shown;
  return JSON.stringify({
    version,
    snapshot: { ...blank, head, ...(shown.end === undefined ? {} : { end: shown.end }) },
  });
}

/** The bytes on the wire are not kept. */
function withoutBytes({
  columns,
  ...snapshot
}: RunSnapshot): Omit<RunSnapshot, "wire" | "columns"> & { wire: undefined; columns?: readonly unknown[] } {
  return {
    ...snapshot,
    wire: undefined,
    ...(columns === undefined ? {} : { columns: columns.map(withoutBytes) }),
  };
}

/** Undefined for what is no such file, or one of another version. */
export function readKept(text: string): KeptRun | undefined {
  const parsed = v.safeParse(keptShape, parsedJson(text));
  return parsed.success ? (parsed.output as unknown as KeptRun) : undefined;
}

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

const version = 1;

const blank = { answer: "", reasoning: "", rungs: [], findings: [] };

const textLengths: readonly number[] = [300_000, 100_000, 30_000, 10_000, 3_000, 1_000];

function withTextsCut(value: unknown, length: number, note: string): unknown {
  if (typeof value === "string") {
    return value.length <= length ? value : `${value.slice(0, length)}\n\n${note}`;
  }
  if (Array.isArray(value)) {
    return value.map((item) => withTextsCut(item, length, note));
  }
  return value !== null && typeof value === "object"
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTextsCut(item, length, note)]))
    : value;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const texts = v.array(v.string());

const headShape = v.looseObject({
  runId: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  kind: v.picklist(["chat", "compare", "embedding", "test", "tests"]),
  startedAtMs: v.number(),
  endpointName: v.string(),
  baseUrl: v.string(),
  model: v.string(),
  machine: v.string(),
  key: v.optional(v.string()),
  input: v.string(),
});

const findingShape = v.looseObject({
  code: v.string(),
  severity: v.picklist(["blocker", "warning", "note"]),
  title: v.string(),
  explanation: v.string(),
  evidence: texts,
  sdk: v.optional(texts),
});

const rungShape = v.looseObject({
  id: v.string(),
  label: v.string(),
  status: v.string(),
  durationMs: v.number(),
  evidence: texts,
  variations: v.array(v.looseObject({})),
  exchanges: v.array(v.looseObject({})),
});

const shown = {
  head: headShape,
  answer: v.string(),
  reasoning: v.string(),
  toolCalls: v.optional(
    v.array(v.looseObject({ id: v.optional(v.string()), name: v.string(), argumentsText: v.string() })),
  ),
  rungs: v.array(rungShape),
  findings: v.array(findingShape),
  tests: v.optional(v.array(v.looseObject({ endpointId: v.string(), name: v.string(), text: v.string() }))),
  end: v.optional(v.looseObject({ state: v.picklist(["finished", "stopped", "failed"]) })),
  verdict: v.optional(v.object({ tone: v.picklist(["good", "warning", "bad"]), text: v.string() })),
};

const draftShape = v.looseObject({
  endpointId: v.string(),
  model: v.string(),
  system: v.string(),
  messages: v.array(
    v.looseObject({
      role: v.picklist(["user", "assistant", "tool"]),
      text: v.string(),
      images: v.array(v.looseObject({ id: v.string(), name: v.string() })),
    }),
  ),
  parameters: v.record(v.string(), v.unknown()),
  extra: v.string(),
  comparedWith: v.optional(
    v.pipe(v.array(v.object({ endpointId: v.string(), model: v.string() })), v.minLength(1), v.maxLength(3)),
  ),
});

const keptShape = v.object({
  version: v.literal(version),
  snapshot: v.looseObject({ ...shown, columns: v.optional(v.array(v.looseObject(shown))) }),
  drafts: v.optional(v.object({ with: draftShape, without: draftShape })),
  copied: v.optional(v.string()),
});
