/** What stands in the fields of the composer, as it was typed. */

import type { ChatDraft, DraftImage, DraftMessage } from "../../../core/chat/chatDraft.ts";
import type { ParameterSpec, ThinkingChoice } from "../../../core/servers/chatParameters.ts";
import type { CompareTarget } from "../../../shared/composerViews.ts";
import { textOfValue, valueOfText } from "./parameterText.ts";

/** What a field shows, and longer texts that no field could show without freezing; they follow it. */
export interface LongText {
  readonly text: string;
  readonly held: readonly string[];
}

export interface MessageRow {
  /** Once in a form; stays when rows move. */
  readonly key: number;
  readonly role: DraftMessage["role"];
  readonly content: LongText;
  readonly images: readonly DraftImage[];
  readonly rest?: Readonly<Record<string, unknown>>;
}

export interface TargetRow extends CompareTarget {
  readonly key: number;
}

export interface Form {
  readonly endpointId: string;
  readonly model: string;
  readonly system: LongText;
  readonly rows: readonly MessageRow[];
  /** By the name on the wire. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly thinking: ThinkingChoice["kind"] | "default";
  readonly thinkingTokens: string;
  readonly extra: string;
  /** What else is asked the same; empty while nothing is compared. */
  readonly targets: readonly TargetRow[];
}

export type SpecOf = (name: string) => ParameterSpec | undefined;

/** Characters a text field is given. A browser lays out all of a field at every key: at 100,000 that can still be borne. */
export const longestField = 100_000;

function longText(text: string): LongText {
  return text.length > longestField ? { text: "", held: [text] } : { text, held: [] };
}

export function wholeText({ text, held }: LongText): string {
  return [text, ...held].filter((part) => part !== "").join("\n\n");
}

/** A draft without a message gets an empty one to write into. */
export function formOf(draft: ChatDraft): Form {
  const { endpointId, model, system, messages, parameters, thinking, extra, comparedWith = [] } = draft;
  const blank: DraftMessage = { role: "user", text: "", images: [] };
  return {
    ...{ endpointId, model, extra },
    system: longText(system),
    rows: (messages.length === 0 ? [blank] : messages).map(rowOf),
    parameters: Object.fromEntries(
      // Null is not sent.
      Object.entries(parameters).map(([name, value]) => [name, value === null ? "" : textOfValue(value)]),
    ),
    thinking: thinking?.kind ?? "default",
    thinkingTokens: thinking?.kind === "budget" ? String(thinking.tokens) : "",
    targets: comparedWith.map((target, key) => ({ key, ...target })),
  };
}

function rowOf({ role, text, images, rest }: DraftMessage, key: number): MessageRow {
  return { key, role, content: longText(text), images, ...(rest === undefined ? {} : { rest }) };
}

export function addedRow(rows: readonly MessageRow[]): MessageRow {
  const role = rows.at(-1)?.role === "user" ? "assistant" : "user";
  return { key: nextKey(rows), role, content: longText(""), images: [] };
}

export function nextKey(rows: readonly { readonly key: number }[]): number {
  return Math.max(-1, ...rows.map(({ key }) => key)) + 1;
}

/** Values that can not be read stay texts: whoever sends it has looked for problems before. */
export function draftOf(form: Form, specOf: SpecOf): ChatDraft {
  const { endpointId, model, system, rows, parameters, extra } = form;
  const thinking = thinkingOf(form);
  return {
    ...{ endpointId, model: model.trim(), extra: extra.trim() },
    system: wholeText(system),
    messages: rows.filter(isWritten).map(({ role, content, images, rest }) => ({
      ...{ role, text: wholeText(content), images },
      ...(rest === undefined ? {} : { rest }),
    })),
    parameters: Object.fromEntries(
      Object.entries(parameters)
        .filter(([, text]) => text.trim() !== "")
        .map(([name, text]) => [name, valueOfText(text, specOf(name)).value]),
    ),
    ...(thinking === undefined ? {} : { thinking }),
  };
}

export function isWritten({ content, images, rest }: MessageRow): boolean {
  return wholeText(content).trim() !== "" || images.length > 0 || rest !== undefined;
}

function thinkingOf({ thinking, thinkingTokens }: Form): ThinkingChoice | undefined {
  switch (thinking) {
    case "default":
      return undefined;
    case "budget":
      return { kind: "budget", tokens: Number(thinkingTokens) };
    default:
      return { kind: thinking };
  }
}
