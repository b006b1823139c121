/**
 * JSON as it is written in settings: comments, and a comma before a closing bracket, are allowed; a mistake is named by its
 * place. In time linear and without recursion, as a selection may hold megabytes of brackets.
 */

import { parseJson } from "../diagnosis/errorEnvelope.ts";

export type ReadJson =
  | { readonly kind: "value"; readonly value: unknown }
  /** Both from 1. */
  | { readonly kind: "mistake"; readonly line: number; readonly column: number };

export function readJson(text: string): ReadJson {
  const value = parseJson(text);
  if (value !== undefined) {
    return { kind: "value", value };
  }
  const strict = withoutExtras(text);
  const read = typeof strict === "string" ? parseJson(strict) : undefined;
  return read === undefined
    ? { kind: "mistake", ...placeOf(text, typeof strict === "number" ? strict : 0) }
    : { kind: "value", value: read };
}

/** What may come next. An object may end wherever a key may stand, a list wherever a value may that follows a bracket or comma. */
type Expected = "value" | "value-or-end" | "key-or-end" | "colon" | "comma-or-end" | "nothing";

/** From and to, of what JSON does not know. */
type Cut = readonly [from: number, to: number];

/** Nothing that a person means is nested deeper. */
const deepest = 10_000;

/** The same JSON without comments and commas at the end, or where it stops being JSON. */
function withoutExtras(text: string): string | number {
  const open: string[] = [];
  const cuts: Cut[] = [];
  let expected: Expected = "value";
  let comma = -1;
  let at = skipBlanks(text, 0, cuts);
  while (at < text.length) {
    const sign = text.charAt(at);
    const end = endOfToken(text, at, sign);
    const next: Expected | undefined =
      end > at && open.length < deepest ? step(expected, sign, open) : undefined;
    if (next === undefined) {
      return end < at ? -end : at;
    }
    if ((sign === "]" || sign === "}") && comma !== -1) {
      cuts.push([comma, comma + 1]);
    }
    comma = sign === "," ? at : -1;
    expected = next;
    at = skipBlanks(text, end, cuts);
  }
  return expected === "nothing" ? cutOut(text, cuts) : text.length;
}

function cutOut(text: string, cuts: readonly Cut[]): string {
  let copied = 0;
  const pieces: string[] = [];
  for (const [from, to] of cuts.toSorted(([one], [other]) => one - other)) {
    pieces.push(text.slice(copied, from));
    copied = to;
  }
  return `${pieces.join(" ")} ${text.slice(copied)}`.replace(/^\s*\uFEFF/, "");
}

/** Undefined where a token that begins so may not stand. `open` is the stack of brackets. */
function step(expected: Expected, sign: string, open: string[]): Expected | undefined {
  switch (expected) {
    case "value":
    case "value-or-end":
      if (sign === "{" || sign === "[") {
        open.push(sign);
        return sign === "{" ? "key-or-end" : "value-or-end";
      }
      if (sign === "]" && expected === "value-or-end") {
        return close("[", open);
      }
      return sign === "]" || sign === "}" || sign === ":" || sign === "," ? undefined : afterValue(open);
    case "key-or-end":
      return sign === '"' ? "colon" : sign === "}" ? close("{", open) : undefined;
    case "colon":
      return sign === ":" ? "value" : undefined;
    case "comma-or-end":
      if (sign === ",") {
        return open.at(-1) === "{" ? "key-or-end" : "value-or-end";
      }
      return sign === "}" ? close("{", open) : sign === "]" ? close("[", open) : undefined;
    case "nothing":
      return undefined;
  }
}

function close(bracket: string, open: string[]): Expected | undefined {
  return open.pop() === bracket ? afterValue(open) : undefined;
}

function afterValue(open: readonly string[]): Expected {
  return open.length === 0 ? "nothing" : "comma-or-end";
}

const literal = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** The same offset where no token starts; negative, the place of the mistake, within a text. */
function endOfToken(text: string, at: number, sign: string): number {
  if ("{}[]:,".includes(sign)) {
    return at + 1;
  }
  if (sign === '"') {
    return endOfText(text, at + 1);
  }
  literal.lastIndex = at;
  return literal.test(text) ? literal.lastIndex : at;
}

const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** By codes: a text may be megabytes, and a regular expression keeps a note of each character it took. */
function endOfText(text: string, from: number): number {
  for (let at = from; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      return at + 1;
    }
    if (code < 0x20) {
      return -at;
    }
    if (code !== 0x5c) {
      at += 1;
      continue;
    }
    escape.lastIndex = at;
    if (!escape.test(text)) {
      return -at;
    }
    at = escape.lastIndex;
  }
  return -text.length;
}

function skipBlanks(text: string, from: number, cuts: Cut[]): number {
  let at = from;
  for (;;) {
    while (isBlank(text.charCodeAt(at))) {
      at += 1;
    }
    const end = text.charCodeAt(at) === 0x2f ? endOfComment(text, at) : at;
    if (end === at) {
      return at;
    }
    cuts.push([at, end]);
    at = end;
  }
}

/** JSON's own, and a byte order mark. */
function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0xfeff;
}

/** The same offset where there is none, or one that is never closed. */
function endOfComment(text: string, at: number): number {
  const isLine = text.startsWith("//", at);
  if (!isLine && !text.startsWith("/*", at)) {
    return at;
  }
  const end = isLine ? text.indexOf("\n", at) : text.indexOf("*/", at + 2);
  if (end === -1) {
    return isLine ? text.length : at;
  }
  return isLine ? end : end + 2;
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const lines = before.split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
