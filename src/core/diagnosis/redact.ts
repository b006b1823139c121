/** Removes known secrets from whatever leaves us: log, page, clipboard, return values (design, section 7). */

import { tasks } from "../endpoint/endpoint.ts";
import { findingCodes } from "./finding.ts";
import { rungIds } from "./report.ts";

const mark = "•••";

/** So much of a secret at a text's end is removed as well: evidence is cut to a length, wherever that falls. */
const shortestStart = 8;

export interface Redactor {
  /** From now on this value is removed, in every encoding we send. Values under 4 characters hide nothing and are ignored. */
  know(secret: string): void;
  clean(text: string): string;
  /** Every string in a JSON value, keys included, but for the words that our own reports consist of. */
  cleanDeep<T>(value: T): T;
  /** For text that arrives in pieces: a secret split over two pieces is removed as well. */
  stream(): StreamCleaner;
}

export interface StreamCleaner {
  /** The part that is safe to show now; the start of a possible secret is held back. */
  push(text: string): string;
  /** What was held back, at the end. */
  end(): string;
}

/** Every word that a report, a record or a page's snapshot uses for itself. */
const ownWords: ReadonlySet<string> = new Set([
  ...Object.entries(findingCodes).flatMap(([area, problems]) =>
    problems.map((problem) => `${area}.${problem}`),
  ),
  ...rungIds,
  ...tasks,
  ...[
    "blocker",
    "warning",
    "note",
    "good",
    "bad",
    "running",
    "passed",
    "warned",
    "failed",
    "skipped",
    "not-reached",
  ],
  ...[
    "healthy",
    "warnings",
    "cancelled",
    "finished",
    "stopped",
    "up",
    "down",
    "attention",
    "unknown",
    "idle",
    "checking",
  ],
  ...[
    "set-base-url",
    "use-model",
    "set-key",
    "use-no-key",
    "allow-key-for-origin",
    "copy-command",
    "open-settings",
  ],
  ...[
    "run-command",
    "trust-certificate",
    "choose-ca-file",
    "set-timeout",
    "try-region",
    "bypass-proxy",
    "merge-extra-body",
    "allow-plain-http",
    "move-key-to-secret",
    "choose-client-certificate",
  ],
  ...[
    "exchanges",
    "variations",
    "variation",
    "requestHeaders",
    "requestBody",
    "replyHeaders",
    "replyBody",
    "modelRequests",
    "durationMs",
    "outcome",
    "worked",
    "what",
    "method",
    "role",
    "rung",
    "rungs",
    "fault",
    "depth",
    "basic",
    "full",
    "tasks",
    "serverId",
    "serverVersion",
  ],
  ...[
    "list-models",
    "test-again",
    "test",
    "kind",
    "code",
    "name",
    "model",
    "models",
    "task",
    "server",
    "evidence",
  ],
  ...[
    "findings",
    "fixes",
    "severity",
    "status",
    "answer",
    "reasoning",
    "usage",
    "timings",
    "machine",
    "head",
    "title",
  ],
]);

/** The placeholder that clients send where a server needs no key; no secret. */
const placeholders = new Set(["EMPTY", "none", "null", "undefined"]);

export function createRedactor(): Redactor {
  const forms = new Set<string>();
  let pattern: RegExp | undefined;

  const clean = (text: string): string =>
    cleanWith(pattern, text)
      // A cut text may stand in the middle of a line: "→ 401 (applicat…)".
      .split(/(\n|…)/)
      .map((part) => withoutCutSecret(part, forms))
      .join("");
  return {
    know(secret) {
      if (secret.length < 4 || placeholders.has(secret) || forms.has(secret)) {
        return;
      }
      for (const form of encodings(secret)) {
        forms.add(form);
      }
      pattern = new RegExp(
        [...forms]
          .sort((a, b) => b.length - a.length)
          .map(escapePattern)
          .join("|"),
        "g",
      );
    },
    clean,
    cleanDeep: (value) => cleanValue(value, clean) as typeof value,
    stream: () => streamCleaner(() => pattern, forms),
  };
}

/** The value as it is and as servers and SDKs write it: in a URL, in JSON (once or twice), in base64, in Python. */
function encodings(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const jsonTwice = JSON.stringify(json).slice(1, -1);
  const base64 = [0, 1, 2].map((bytesBefore) => base64Inside(secret, bytesBefore)).filter(isTelling);
  const base64url = base64.map((form) => form.replaceAll("+", "-").replaceAll("/", "_"));
  // Half a surrogate pair can not stand in a URL; it would throw.
  const url = encodeURIComponent(secret.replace(/\p{Cs}/gu, "\ufffd"));
  const urlInSmall = url.replace(/%../g, (byte) => byte.toLowerCase());
  const python = [secret, json].flatMap(inPython);
  return [secret, url, urlInSmall, json, jsonTwice, ...python, ...base64, ...base64url];
}

/** As Python's `repr` writes it: within single quotes, within double ones, and beside quotes of the other kind. */
function inPython(text: string): readonly string[] {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  return [escaped, escaped.replaceAll("'", "\\'"), escaped.replaceAll('"', '\\"')];
}

/** Shorter texts would be found by chance. */
function isTelling(form: string): boolean {
  return form.length >= 4;
}

/** The characters that the secret alone decides in the base64 of a text with so many bytes (modulo 3) before it, as `Bearer ` has. */
function base64Inside(secret: string, bytesBefore: number): string {
  const bytes = [...new Uint8Array(bytesBefore), ...new TextEncoder().encode(secret)];
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.slice(Math.ceil((bytesBefore * 8) / 6), Math.floor((bytes.length * 8) / 6));
}

/** Removes a secret of which the line's end, with or without the mark of a cut, holds only the start. */
function withoutCutSecret(line: string, forms: ReadonlySet<string>): string {
  const end = line.endsWith("…") ? line.length - 1 : line.length;
  const starts = [...forms].map((form) => {
    const at = line.lastIndexOf(form.slice(0, shortestStart), end - shortestStart);
    return at >= 0 && form.length > shortestStart && form.startsWith(line.slice(at, end)) ? at : end;
  });
  const start = Math.min(end, ...starts);
  return start === end ? line : line.slice(0, start) + mark + line.slice(end);
}

/** Words of our own reports are no secrets even where somebody's key is such a word (`--api-key test`). */
function isOwnWord(text: string): boolean {
  return ownWords.has(text);
}

function cleanValue(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === "string") {
    return isOwnWord(value) ? value : clean(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => cleanValue(item, clean));
  }
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        isOwnWord(key) ? key : clean(key),
        cleanValue(item, clean),
      ]),
    );
  }
  return value;
}

function streamCleaner(pattern: () => RegExp | undefined, forms: ReadonlySet<string>): StreamCleaner {
  let held = "";
  return {
    push(text) {
      const raw = held + text;
      const settled = settledLength(raw, pattern(), forms);
      held = raw.slice(settled);
      return cleanWith(pattern(), raw.slice(0, settled));
    },
    end() {
      const rest = withoutCutSecret(cleanWith(pattern(), held), forms);
      held = "";
      return rest;
    },
  };
}

/** How much of the text no later text can change: all before what may be the start of a secret, or of a longer one. */
function settledLength(text: string, pattern: RegExp | undefined, forms: ReadonlySet<string>): number {
  let settled = text.length - longestStart(text, forms);
  for (const match of pattern === undefined ? [] : text.matchAll(pattern)) {
    if (match.index < settled) {
      settled = Math.max(settled, match.index + match[0].length);
    }
  }
  return settled;
}

function cleanWith(pattern: RegExp | undefined, text: string): string {
  return pattern === undefined ? text : text.replace(pattern, mark);
}

/** Length of the longest end of `text` that a secret begins with. */
function longestStart(text: string, forms: ReadonlySet<string>): number {
  let longest = 0;
  for (const form of forms) {
    for (let length = Math.min(form.length - 1, text.length); length > longest; length--) {
      if (form.startsWith(text.slice(text.length - length))) {
        longest = length;
      }
    }
  }
  return longest;
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
