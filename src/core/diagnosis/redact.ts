/** Removes known secrets from whatever leaves us: log, page, clipboard, return values (design, section 7). */

const mark = "•••";

export interface Redactor {
  /** From now on this value is removed, in every encoding we send. Values under 4 characters hide nothing and are ignored. */
  know(secret: string): void;
  clean(text: string): string;
  /** Every string in a JSON value, keys included. */
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

/** The placeholder that clients send where a server needs no key; no secret. */
const placeholders = new Set(["EMPTY", "none", "null", "undefined"]);

export function createRedactor(): Redactor {
  const forms = new Set<string>();
  let pattern: RegExp | undefined;

  const clean = (text: string): string => (pattern === undefined ? text : text.replace(pattern, mark));
  return {
    know(secret) {
      if (secret.length < 4 || placeholders.has(secret)) {
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
    stream: () => streamCleaner(clean, forms),
  };
}

/** Base64 of `Bearer KEY`-like text is not aligned with the key's own, so the forms are those of the value by itself. */
function encodings(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const bytes = new TextEncoder().encode(secret);
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replace(/=+$/, "");
  return [secret, encodeURIComponent(secret), json, base64];
}

function cleanValue(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === "string") {
    return clean(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => cleanValue(item, clean));
  }
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [clean(key), cleanValue(item, clean)]),
    );
  }
  return value;
}

function streamCleaner(clean: (text: string) => string, forms: ReadonlySet<string>): StreamCleaner {
  let held = "";
  return {
    push(text) {
      const cleaned = clean(held + text);
      const keep = longestStart(cleaned, forms);
      held = cleaned.slice(cleaned.length - keep);
      return cleaned.slice(0, cleaned.length - keep);
    },
    end() {
      const rest = held;
      held = "";
      return rest;
    },
  };
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
