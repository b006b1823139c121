/** Secrets that a server spells over several events of a stream, a piece in the same field of each. */

import { jsonStrings, type JsonString } from "./jsonStrings.ts";
import type { SecretIndex } from "./secretIndex.ts";

/** The events of a stream, of which the values together spell no secret any more: the mark is in the first, the other pieces are gone. */
export function eventsWithoutSecrets(
  events: readonly string[],
  index: SecretIndex,
  mark: string,
): readonly string[] {
  const strings = events.map((event) => jsonStrings(event).strings);
  const cuts = cutsOf(strings, events, index);
  return events.map((event, number) => withCuts(event, cuts.get(number) ?? [], mark));
}

/** The same for the text of a stream. */
export function streamWithoutSecrets(text: string, index: SecretIndex, mark: string): string {
  const cuts = cutsOf([stringsOfStream(text)], [text], index);
  return withCuts(text, cuts.get(0) ?? [], mark);
}

function stringsOfStream(text: string): readonly JsonString[] {
  const found: JsonString[] = [];
  const start = /^data:/gm;
  for (let begun = start.exec(text); begun !== null; begun = start.exec(text)) {
    const { strings, end } = jsonStrings(text, start.lastIndex);
    found.push(...strings);
    start.lastIndex = Math.max(start.lastIndex, end);
  }
  return found;
}

/** What goes of a text, and whether the mark stands for it. */
interface Cut {
  readonly start: number;
  readonly end: number;
  readonly is: "marked" | "gone";
}

/** A value of a field, decoded, with its place among all values of that field. */
interface Piece extends JsonString {
  readonly number: number;
  readonly raw: string;
  readonly text: string;
  readonly from: number;
}

/** By the number of the text. */
function cutsOf(
  strings: readonly (readonly JsonString[])[],
  texts: readonly string[],
  index: SecretIndex,
): ReadonlyMap<number, readonly Cut[]> {
  const cuts = new Map<number, Cut[]>();
  for (const pieces of piecesByField(strings, texts).values()) {
    for (const [number, cut] of cutsOfField(pieces, index)) {
      const before = cuts.get(number);
      if (before === undefined) {
        cuts.set(number, [cut]);
      } else {
        before.push(cut);
      }
    }
  }
  return cuts;
}

function piecesByField(
  strings: readonly (readonly JsonString[])[],
  texts: readonly string[],
): ReadonlyMap<string, readonly Piece[]> {
  const fields = new Map<string, { pieces: Piece[]; length: number }>();
  // Where all are of one item, as nearly always, its number tells nothing apart.
  const several = strings.some((found) => found.some(({ items }) => /[^0,]/.test(items)));
  strings.forEach((found, number) => {
    for (const string of found) {
      const raw = (texts[number] ?? "").slice(string.start, string.end);
      const text = decoded(raw);
      for (const name of several ? [string.field, `${string.field} ${string.items}`] : [string.field]) {
        const field = fields.get(name) ?? { pieces: [], length: 0 };
        field.pieces.push({ ...string, number, raw, text, from: field.length });
        field.length += text.length;
        fields.set(name, field);
      }
    }
  });
  return new Map([...fields].map(([name, { pieces }]) => [name, pieces]));
}

function* cutsOfField(pieces: readonly Piece[], index: SecretIndex): Generator<readonly [number, Cut]> {
  let at = 0;
  for (const { from, to } of rangesOf(pieces, index)) {
    while ((pieces[at]?.from ?? to) + (pieces[at]?.text.length ?? 0) <= from) {
      at++;
    }
    let is: Cut["is"] = "marked";
    for (let next = at; (pieces[next]?.from ?? to) < to; next++) {
      const piece = pieces[next];
      if (piece !== undefined && piece.text !== "") {
        const [start, end] = [from - piece.from, to - piece.from].map((each) => rawPlace(piece, each));
        yield [piece.number, { start: start ?? piece.start, end: end ?? piece.end, is }];
        is = "gone";
      }
    }
  }
}

/** So much of a secret at the end of a value, or of all, is removed as well: what follows may have come in another field, or may still come. */
const shortestStart = 8;

function rangesOf(
  pieces: readonly Piece[],
  index: SecretIndex,
): readonly { readonly from: number; readonly to: number }[] {
  const all = pieces.map(({ text }) => text).join("");
  const whole = [...index.places(all)].map((place) => ({
    from: place.index,
    to: place.index + place.length,
  }));
  const begun = [...pieces, { text: all, from: 0 }].flatMap(({ text, from }) => {
    const start = index.openEnd(text, shortestStart);
    return start === text.length ? [] : [{ from: from + start, to: from + text.length }];
  });
  const ranges = [...whole, ...begun];
  let settled = 0;
  return ranges
    .toSorted((a, b) => a.from - b.from || b.to - a.to)
    .flatMap(({ from, to }) => {
      const rest = { from: Math.max(from, settled), to };
      settled = Math.max(settled, to);
      return rest.from < to ? [rest] : [];
    });
}

/** Where a character of the decoded text stands. */
function rawPlace({ raw, start, end, text }: Piece, place: number): number {
  if (place <= 0 || place >= text.length) {
    return place <= 0 ? start : end;
  }
  if (raw === text) {
    return start + place;
  }
  let at = 0;
  for (let count = 0; count < place; count++) {
    at += raw[at] !== "\\" ? 1 : raw[at + 1] === "u" ? 6 : 2;
  }
  return start + at;
}

function decoded(raw: string): string {
  if (!raw.includes("\\")) {
    return raw;
  }
  return raw.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_all, code?: string, sign = "") =>
    code === undefined
      ? (escapes[sign as string] ?? (sign as string))
      : String.fromCharCode(parseInt(code, 16)),
  );
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

function withCuts(text: string, cuts: readonly Cut[], mark: string): string {
  let [cleaned, settled] = ["", 0];
  for (const { start, end, is } of cuts.toSorted((a, b) => a.start - b.start)) {
    // A field may have been read in two ways.
    if (end > settled) {
      cleaned += text.slice(settled, start) + (is === "marked" && start >= settled ? mark : "");
      settled = end;
    }
  }
  return cleaned + text.slice(settled);
}
