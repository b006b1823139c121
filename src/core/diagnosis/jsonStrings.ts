/** The strings of a JSON text with their places in it, by the field they stand in: so that one event of a stream can be read on in the next, and changed where it stands. */

export interface JsonString {
  /** The field it stands in, with the way to it, as if each list had but one item. */
  readonly field: string;
  /** Which items it stands in, by the `index` that they say they have; servers send it for some pieces only. */
  readonly items: string;
  /** Of what stands between its quotes. */
  readonly start: number;
  readonly end: number;
}

export interface JsonStrings {
  /** Those up to where it stops being JSON. */
  readonly strings: readonly JsonString[];
  readonly end: number;
}

/** The value that begins at `from`. Where a line breaks in it, the `data:` of an event stream may stand. */
export function jsonStrings(text: string, from = 0): JsonStrings {
  const reader = new Reader(text, from);
  reader.value({ parent: undefined, name: "" }, 0);
  return {
    strings: reader.found.map(({ place, start, end }) => ({
      ...{ field: fieldOf(place), items: itemsOf(place) },
      ...{ start, end },
    })),
    end: reader.at,
  };
}

interface Place {
  readonly parent: Place | undefined;
  readonly name: string;
  /** Of an object in a list, once it has come. */
  index?: string;
}

function fieldOf({ parent, name }: Place): string {
  return parent === undefined ? name : `${fieldOf(parent)}/${name}`;
}

function itemsOf({ parent, index = "" }: Place): string {
  return `${parent === undefined ? "" : itemsOf(parent)},${index}`;
}

/** No stream nests deeper; what does is made to exhaust the stack. */
const deepest = 100;

const blanks = /(?:[ \t\r]|\n(?:data:)?)*/y;
const otherToken = /[\w.+-]+/y;

class Reader {
  readonly found: { readonly place: Place; readonly start: number; readonly end: number }[] = [];
  readonly #text: string;
  #lineEnd = -1;
  at: number;

  constructor(text: string, from: number) {
    this.#text = text;
    this.at = from;
  }

  /** Says whether there was one. */
  value(place: Place, depth: number): boolean {
    this.#match(blanks);
    switch (depth > deepest ? "" : this.#text[this.at]) {
      case "{":
        return this.#members("}", () => this.#member(place, depth));
      case "[":
        return this.#members("]", () => this.value({ parent: place, name: "*" }, depth + 1));
      case '"':
        return this.#string(place);
      default:
        return this.#match(otherToken) !== undefined;
    }
  }

  #members(closing: string, member: () => boolean): boolean {
    this.at++;
    if (this.#took(closing)) {
      return true;
    }
    while (member()) {
      if (!this.#took(",")) {
        return this.#took(closing);
      }
    }
    return false;
  }

  #member(place: Place, depth: number): boolean {
    this.#match(blanks);
    const start = this.at + 1;
    if (this.#text[this.at] !== '"' || !this.#tookString()) {
      return false;
    }
    const name = this.#text.slice(start, this.at - 1);
    if (!this.#took(":")) {
      return false;
    }
    if (name !== "index" || place.name !== "*") {
      return this.value({ parent: place, name }, depth + 1);
    }
    this.#match(blanks);
    const from = this.at;
    const isRead = this.value({ parent: place, name }, depth + 1);
    place.index = this.#text.slice(from, this.at);
    return isRead;
  }

  #string(place: Place): boolean {
    const start = this.at + 1;
    const isWhole = this.#tookString();
    // Of one that is cut off, what there is.
    this.found.push({ place, start, end: isWhole ? this.at - 1 : this.at });
    return isWhole;
  }

  /** Up to its closing quote, else up to the end of the line. */
  #tookString(): boolean {
    if (this.#lineEnd < this.at) {
      const next = this.#text.indexOf("\n", this.at);
      this.#lineEnd = next === -1 ? this.#text.length : next;
    }
    let end = this.#text.indexOf('"', this.at + 1);
    while (end !== -1 && end < this.#lineEnd && this.#isEscaped(end)) {
      end = this.#text.indexOf('"', end + 1);
    }
    const isWhole = end !== -1 && end < this.#lineEnd;
    this.at = isWhole ? end + 1 : this.#lineEnd;
    return isWhole;
  }

  #isEscaped(at: number): boolean {
    let before = at - 1;
    while (this.#text[before] === "\\") {
      before--;
    }
    return (at - before) % 2 === 0;
  }

  #took(sign: string): boolean {
    this.#match(blanks);
    const isThere = this.#text[this.at] === sign;
    this.at += isThere ? 1 : 0;
    return isThere;
  }

  #match(token: RegExp): string | undefined {
    token.lastIndex = this.at;
    const found = token.exec(this.#text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }
}
