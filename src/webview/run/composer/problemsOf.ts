import * as l10n from "@vscode/l10n";
import type { DraftProblem } from "../../../core/chat/chatDraft.ts";
import { isWritten, type Form, type SpecOf } from "./form.ts";
import { problemOfExtra, valueOfText } from "./parameterText.ts";

/** What the page can see to be wrong by itself, in the order of the fields. */
export function problemsOf(
  { rows, parameters, extra, thinking, thinkingTokens }: Form,
  specOf: SpecOf,
): readonly DraftProblem[] {
  const ofParameters = Object.entries(parameters).map(([name, text]) => ({
    where: name,
    text: text.trim() === "" ? undefined : valueOfText(text, specOf(name)).problem,
  }));
  return [
    { where: "messages", text: rows.some(isWritten) ? undefined : l10n.t("Write a message first.") },
    ...ofParameters,
    { where: "thinking", text: thinking === "budget" ? problemOfTokens(thinkingTokens) : undefined },
    { where: "extra", text: problemOfExtra(extra) },
  ].flatMap(({ where, text }) => (text === undefined ? [] : [{ where, text }]));
}

export function problemOfTokens(text: string): string | undefined {
  return /^\s*\d+\s*$/.test(text) ? undefined : l10n.t("This is not a whole number.");
}
