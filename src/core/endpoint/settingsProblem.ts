/** Says what is wrong with which field of a settings entry, in words for the person who wrote it. */

import * as l10n from "@vscode/l10n";
import * as v from "valibot";

import { exposedValues } from "./exposedKeys.ts";

/** Takes what is secret in an entry out of a text. */
export type Conceal = (text: string) => string;

/** Also what has the form of a key wherever it stands: a problem quotes what was written. */
export function concealer(entry: unknown): Conceal {
  const secrets = exposedValues(entry).toSorted((a, b) => b.length - a.length);
  return (text) =>
    secrets
      .reduce((cleaned, secret) => cleaned.replaceAll(secret, mark), text)
      .replace(/\b(sk|nvapi|xai)-[\w.-]{8,}|\b(hf|gsk|ghp)_[A-Za-z0-9]{12,}/g, mark);
}

const mark = "•••";

/** One sentence for one issue: the field's path, what it must be, what it is. Long values are cut. */
export function problemOf(issue: v.BaseIssue<unknown>, conceal: Conceal): string {
  const path = shorten(conceal(v.getDotPath(issue) ?? ""));
  // People write the key itself where its source belongs; it must not be shown.
  const received = /^(key|headers)\b/.test(path) ? typeof issue.input : shorten(conceal(issue.received));
  if (issue.expected === "never") {
    return l10n.t('"{0}": unknown key', path);
  }
  if (issue.received === "undefined") {
    return l10n.t('"{0}": is missing', path);
  }
  if (path === "") {
    return l10n.t("must be an object, but is {0}", received);
  }
  return (
    special(issue, path, conceal) ??
    l10n.t('"{0}": must be {1}, but is {2}', path, expectation(issue), received)
  );
}

function special(issue: v.BaseIssue<unknown>, path: string, conceal: Conceal): string | undefined {
  const input = typeof issue.input === "string" ? issue.input : "";
  if (path === "baseUrl" && issue.type === "check") {
    return l10n.t(
      '"baseUrl": {0} is no http or https address, such as http://localhost:8000/v1',
      shorten(conceal(withoutKeys(input))),
    );
  }
  if (path === "tls.passphrase") {
    return l10n.t(
      '"tls.passphrase": must be {0} or {1}, so that the passphrase itself does not stand in the settings',
      "${secret:NAME}",
      "${env:NAME}",
    );
  }
  if (path === "proxy" && issue.type === "check") {
    return l10n.t(
      '"proxy": must be "direct" or an address such as http://127.0.0.1:3128, without a user name or a password',
    );
  }
  if (path === "id" && issue.type === "regex") {
    return l10n.t(
      '"id": may hold letters, digits, dot, hyphen and underscore, but is {0}',
      shorten(conceal(input)),
    );
  }
  if (path.startsWith("headers") && issue.type === "regex") {
    // Some write name and value into one text.
    const name = conceal(input.replace(/[:=].*$/s, "…"));
    return l10n.t('"headers": {0} is no header name', shorten(name));
  }
  return undefined;
}

/** What is no URL may be the key itself, or be written like one that holds a key. */
function withoutKeys(text: string): string {
  return /[.:/]|^localhost/.test(text) ? text.replace(/^.*@/s, `${mark}@`).replace(/[?#].*$/s, "") : mark;
}

function expectation(issue: v.BaseIssue<unknown>): string {
  const words: Readonly<Record<string, string>> = {
    string: l10n.t("a text"),
    number: l10n.t("a number"),
    boolean: l10n.t("true or false"),
    array: l10n.t("a list"),
    strict_object: l10n.t("an object"),
    record: l10n.t("an object"),
    Object: l10n.t("an object"),
    check: l10n.t("an object"),
    min_length: l10n.t("not empty"),
    max_length: l10n.t("shorter"),
    integer: l10n.t("a whole number"),
  };
  return words[issue.expected ?? ""] ?? words[issue.type] ?? issue.expected ?? issue.type;
}

function shorten(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}
