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

/** The same JSON without comments and commas at the end, or where it stops being JSON. */
function withoutExtras(text: string): string | number {
  const open: string[] = [];
  const tokens: string[] = [];
  let expected: Expected = "value";
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    const end = endOfToken(text, at);
    const token = text.slice(at, end);
    const next: Expected | undefined = end > at ? step(expected, token, open) : undefined;
    if (next === undefined) {
      return end < at ? -end : at;
    }
    if ((token === "]" || token === "}") && tokens.at(-1) === ",") {
      tokens.pop();
    }
    tokens.push(token);
    expected = next;
    at = skipBlanks(text, end);
  }
  return expected === "nothing" ? tokens.join("") : text.length;
}

/** Undefined where the token may not stand there. `open` is the stack of brackets. */
function step(expected: Expected, token: string, open: string[]): Expected | undefined {
  const after = (): Expected => (open.length === 0 ? "nothing" : "comma-or-end");
  const close = (bracket: string): Expected | undefined => (open.pop() === bracket ? after() : undefined);
  const [sign = ""] = token;
  switch (expected) {
    case "value":
    case "value-or-end":
      if (sign === "{" || sign === "[") {
        open.push(sign);
        return sign === "{" ? "key-or-end" : "value-or-end";
      }
      if (sign === "]" && expected === "value-or-end") {
        return close("[");
      }
      return "]}:,".includes(sign) ? undefined : after();
    case "key-or-end":
      return sign === '"' ? "colon" : sign === "}" ? close("{") : undefined;
    case "colon":
      return sign === ":" ? "value" : undefined;
    case "comma-or-end":
      if (sign === ",") {
        return open.at(-1) === "{" ? "key-or-end" : "value-or-end";
      }
      return sign === "}" ? close("{") : sign === "]" ? close("[") : undefined;
    case "nothing":
      return undefined;
  }
}

const literal = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** The same offset where no token starts; negative, the place of the mistake, within a text. */
function endOfToken(text: string, at: number): number {
  const sign = text.charAt(at);
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

/** Blanks of JSON, and a byte order mark. */
const blanks: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xfeff]);

function skipBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (blanks.has(text.charCodeAt(at))) {
      at += 1;
    }
    if (text.startsWith("//", at)) {
      const end = text.indexOf("\n", at);
      at = end === -1 ? text.length : end + 1;
      continue;
    }
    const end = text.startsWith("/*", at) ? text.indexOf("*/", at + 2) : -1;
    if (end === -1) {
      return at;
    }
    at = end + 2;
  }
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const lines = before.split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
