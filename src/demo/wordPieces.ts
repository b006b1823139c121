const cjk = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]";
const wordCharacter = "[\\p{L}\\p{M}\\p{N}_]";
const words = new RegExp(`${cjk}|(?:(?!${cjk})${wordCharacter})+`, "gu");
const pieces = new RegExp(`\\s*(?:${cjk}|(?:(?!${cjk})${wordCharacter}){1,12}|\\S)|\\s+`, "gu");

/** The words of a text in their order; every Chinese or Japanese character is a word of its own. */
export function* wordsOf(text: string): Generator<string, void> {
  for (const match of text.matchAll(words)) yield match[0];
}

/** Cuts a text into the demo's tokens: word-ish pieces that carry the white space before them. Joined, they are the text. */
export function tokensOf(text: string): readonly string[] {
  return text.match(pieces) ?? [];
}

/** Counts tokens without keeping them, because a prompt may be megabytes long. */
export function countTokens(text: string): number {
  return countOf(text.matchAll(pieces));
}

/** Counts what an iterator gives without keeping it. */
export function countOf(items: Iterable<unknown>): number {
  const iterator = items[Symbol.iterator]();
  let count = 0;
  while (iterator.next().done !== true) count += 1;
  return count;
}

/** Whether a piece is one Chinese character. */
export function isHan(piece: string): boolean {
  return /^\p{Script=Han}$/u.test(piece);
}
