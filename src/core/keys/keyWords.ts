/** A key's status in the person's words: one line for the tree and for titles, and what it means. */

import * as l10n from "@vscode/l10n";

import type { KeyChange } from "./cleanKey.ts";
import type { KeyStatus } from "./keyStatus.ts";

/** Of milliseconds since 1970: `2026-11-21`. */
export type FormatDate = (epochMs: number) => string;

/** `secret …abcd · new …wxyz waits for its test · old one set 2026-11-21`: what matters first, as a narrow view cuts the rest. */
export function keyLine(status: KeyStatus, formatDate: FormatDate): string {
  const { waiting } = status;
  const [first, ...rest] = stateParts(status, formatDate);
  const next = waiting === undefined ? [] : [l10n.t("new {0} waits for its test", waiting.lastFour)];
  return [first, ...next, ...rest].join(" · ");
}

/** `…abcd, set 2026-11-21`; undefined where no key is in use. */
export function keyInUse({ lastFour, setAtMs }: KeyStatus, formatDate: FormatDate): string | undefined {
  if (lastFour === undefined || setAtMs === undefined) {
    return lastFour;
  }
  return l10n.t("{0}, set {1}", lastFour, formatDate(setAtMs));
}

function stateParts(status: KeyStatus, formatDate: FormatDate): readonly string[] {
  const { source, state, lastFour = "…", setAtMs, waiting } = status;
  switch (state) {
    case "key":
      return [
        `${source} ${lastFour}`,
        ...(setAtMs === undefined ? [] : [whenSet(formatDate(setAtMs), waiting)]),
      ];
    case "none":
      return [l10n.t("none")];
    case "missing":
      return [source, l10n.t("missing")];
    case "other-origin":
      return [source, l10n.t("for another address")];
    case "needs-consent":
      return [source, l10n.t("not allowed yet")];
    case "plain-http":
      return [source, l10n.t("held back: plain http")];
    case "failed":
      return [source, l10n.t("can not be read")];
  }
}

/** Beside a new key it has to say which of the two it is about. */
function whenSet(day: string, waiting: KeyStatus["waiting"]): string {
  return waiting === undefined ? l10n.t("set {0}", day) : l10n.t("old one set {0}", day);
}

/** What the state means, and what to do about it. */
export function explainKey({ state, origin = "", reason = "", waiting }: KeyStatus): readonly string[] {
  const texts = {
    key: () =>
      l10n.t("Sent with every request to this endpoint's address, and to no other. Never shown again."),
    none: () => l10n.t("The endpoint is configured to need no key."),
    missing: () => l10n.t("The source holds no key, so none is sent."),
    "other-origin": () =>
      l10n.t("The key was entered for {0} and is not sent elsewhere before you agree.", origin),
    "needs-consent": () =>
      l10n.t(
        "A workspace suggested this endpoint; it gets no key before you agree, and none in Restricted Mode.",
      ),
    "plain-http": () =>
      l10n.t("It would travel unencrypted to {0}, so it is not sent before you agree.", origin),
    failed: () => l10n.t("The source could not be read: {0}", reason),
  } as const;
  const next = l10n.t("A new key waits: it takes the place of this one when it has passed a test.");
  return [texts[state](), ...(waiting === undefined ? [] : [next])];
}

/** What was taken away from around a pasted key, each once. */
export function removedWords(changes: readonly KeyChange[]): string {
  const words: Readonly<Record<KeyChange, () => string>> = {
    whitespace: () => l10n.t("spaces and line breaks"),
    quotes: () => l10n.t("quotation marks"),
    bearer: () => l10n.t("the word Bearer"),
    assignment: () => l10n.t("the variable's name and ="),
  };
  return [...new Set(changes)].map((change) => words[change]()).join(", ");
}
