/** A selected text that is itself a request: a JSON body, or a list of messages. */

import * as l10n from "@vscode/l10n";

import { type Fields, fieldsOf, listOf, textOf } from "./fields.ts";
import { readJson } from "./readJson.ts";
import { userMessage, type WireMessage } from "./wireMessage.ts";

export type ReadSelection =
  /** A plain text, to be asked about. */
  | { readonly kind: "text" }
  /** `model` where the body names one; `extra` is the rest of the body. */
  | {
      readonly kind: "request";
      readonly messages: readonly WireMessage[];
      readonly model?: string;
      readonly extra: Readonly<Record<string, unknown>>;
    }
  /** It is meant as a request, and this is what is wrong with it. */
  | { readonly kind: "refused"; readonly problem: string };

const plainText: ReadSelection = { kind: "text" };

/** Comments and commas at the end are allowed. JSON that is no request is a text like any other, and so is what is no JSON. */
export function readSelection(text: string): ReadSelection {
  // Most selections are code: their first letter tells, whatever their size.
  const first = /\S/.exec(text)?.[0];
  if (first !== "{" && first !== "[" && first !== "/" && first !== "\uFEFF") {
    return plainText;
  }
  const read = readJson(text);
  if (read.kind === "mistake") {
    return plainText;
  }
  const list = listOf(read.value);
  const body = fieldsOf(read.value);
  if (list !== undefined) {
    return list.length > 0 && list.every(isMessage)
      ? { kind: "request", messages: list, extra: {} }
      : plainText;
  }
  return body === undefined ? plainText : readBody(body);
}

function readBody(body: Fields): ReadSelection {
  const { model, messages, input, prompt, parameters, ...others } = body;
  if (Array.isArray(messages)) {
    const extra = withDefined({ ...others, input, prompt, parameters });
    return conversation(messages, model, extra);
  }
  const native = fieldsOf(input);
  const inside = listOf(native?.["messages"]);
  const asked = textOf(native?.["prompt"]) ?? textOf(prompt);
  if (inside === undefined && asked === undefined) {
    return plainText;
  }
  const extra = { ...others, ...withoutOurs(fieldsOf(parameters)) };
  return inside === undefined
    ? conversation([userMessage(asked ?? "")], model, extra)
    : conversation(inside, model, extra);
}

/** DashScope's own protocol keeps its fields in `parameters`; these two are set where it is spoken, and mean nothing elsewhere. */
function withoutOurs(parameters: Fields | undefined): Fields {
  const ours = new Set(["result_format", "incremental_output"]);
  return Object.fromEntries(Object.entries(parameters ?? {}).filter(([name]) => !ours.has(name)));
}

function conversation(messages: readonly unknown[], model: unknown, extra: Fields): ReadSelection {
  const problem = problemOf(messages);
  if (problem !== undefined || !messages.every(isMessage)) {
    return { kind: "refused", problem: problem ?? "" };
  }
  const named = textOf(model)?.trim() ?? "";
  return { kind: "request", messages, extra, ...(named === "" ? {} : { model: named }) };
}

function problemOf(messages: readonly unknown[]): string | undefined {
  if (messages.length === 0) {
    return l10n.t("The selection is a request without messages.");
  }
  const index = messages.findIndex((message) => !isMessage(message));
  if (index === -1) {
    return undefined;
  }
  const message = fieldsOf(messages[index]);
  if (message === undefined) {
    return l10n.t("The selection is a request, and its message {0} is no object.", index + 1);
  }
  return hasRole(message)
    ? l10n.t(
        "The selection is a request, and the content of its message {0} is neither a text nor a list of parts.",
        index + 1,
      )
    : l10n.t("The selection is a request, and its message {0} has no role.", index + 1);
}

/** Content may be absent or null where there is something else to say, as beside tool calls. */
function isMessage(value: unknown): value is WireMessage {
  const message = fieldsOf(value);
  if (message === undefined || !hasRole(message)) {
    return false;
  }
  const { content } = message;
  const saysMore = Object.keys(message).some((name) => name !== "role" && name !== "content");
  return typeof content === "string" || Array.isArray(content) || ((content ?? null) === null && saysMore);
}

function hasRole({ role }: Fields): boolean {
  return typeof role === "string" && role !== "";
}

function withDefined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
