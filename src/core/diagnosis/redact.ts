/** Removes known secrets from whatever leaves us: log, page, clipboard, return values (design, section 7). */

import { tasks } from "../endpoint/endpoint.ts";
import { findingCodes } from "./finding.ts";
import { rungIds } from "./report.ts";
import { secretForms } from "./secretForms.ts";
import { SecretIndex } from "./secretIndex.ts";
import { eventsWithoutSecrets, streamWithoutSecrets } from "./spreadSecrets.ts";

const mark = "•••";

/** So much of a secret at a text's end is removed as well: evidence is cut to a length, wherever that falls. */
const shortestStart = 8;

export interface Redactor {
  /** From now on this value is removed, in every encoding we send. Values under 4 characters hide nothing and are ignored. */
  know(secret: string): void;
  clean(text: string): string;
  /** The events of one stream, each clean, and none of it a piece of a secret that they spell together, field by field. */
  cleanEvents(events: readonly string[]): readonly string[];
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
    "allow-plain-http",
    "move-key-to-secret",
    "choose-client-certificate",
    "merge-extra-body",
    "drop-parameter",
    "set-parameter",
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
  const secrets = new Set<string>();
  const index = new SecretIndex();
  const clean = (text: string): string =>
    secrets.size === 0
      ? text
      : withoutSpread(withoutSecrets(text, index), index)
          // A cut text may stand in the middle of a line: "→ 401 (applicat…)".
          .split(/(\n|…)/)
          .map((part) => withoutCutSecret(part, index))
          .join("");
  return {
    know(secret) {
      if (secret.length < 4 || placeholders.has(secret) || secrets.has(secret)) {
        return;
      }
      secrets.add(secret);
      secretForms(secret).forEach((form) => index.add(form));
    },
    clean,
    cleanEvents: (events) =>
      secrets.size === 0 ? events : eventsWithoutSecrets(events.map(clean), index, mark),
    cleanDeep: (value) => cleanValue(value, clean) as typeof value,
    stream: () => streamCleaner(index),
  };
}

function withoutSecrets(text: string, index: SecretIndex): string {
  let [cleaned, settled] = ["", 0];
  for (const place of index.places(text)) {
    cleaned += text.slice(settled, place.index) + mark;
    settled = place.index + place.length;
  }
  return cleaned + text.slice(settled);
}

/** Of an event stream, what its events spell together. */
function withoutSpread(text: string, index: SecretIndex): string {
  return /^data:/m.test(text) ? streamWithoutSecrets(text, index, mark) : text;
}

/** Removes a secret of which the line's end, with or without the mark of a cut, holds only the start. */
function withoutCutSecret(line: string, index: SecretIndex): string {
  const end = line.endsWith("…") ? line.length - 1 : line.length;
  const start = index.openEnd(line.slice(0, end), shortestStart);
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

function streamCleaner(index: SecretIndex): StreamCleaner {
  let held = "";
  return {
    push(text) {
      const raw = held + text;
      const settled = settledLength(raw, index);
      held = raw.slice(settled);
      return withoutSecrets(raw.slice(0, settled), index);
    },
    end() {
      const rest = withoutCutSecret(withoutSecrets(held, index), index);
      held = "";
      return rest;
    },
  };
}

/** How much of the text no later text can change: all before what may be the start of a secret, or of a longer one. */
function settledLength(text: string, index: SecretIndex): number {
  let settled = index.openEnd(text, 1);
  for (const place of index.places(text)) {
    if (place.index < settled) {
      settled = Math.max(settled, place.index + place.length);
    }
  }
  return settled;
}
