/** Puts a command line together from words that may come from settings or from the wire. */

/** Words in their order, quoted for a POSIX shell where they have to be; absent ones are left out. */
export function commandLine(...words: readonly (string | number | undefined)[]): string {
  return words.flatMap((word) => (word === undefined ? [] : [quoted(String(word))])).join(" ");
}

/** `["--port", 8000]`, or nothing where there is no value. */
export function flag(name: string, value: string | number | undefined): readonly (string | number)[] {
  return value === undefined ? [] : [name, value];
}

/** A server may list any id; what it says must stay one word in the terminal it is pasted into. */
function quoted(word: string): string {
  const printable = word.replace(/\p{C}/gu, "");
  return /^[\w./:@%+=,-]+$/.test(printable) ? printable : `'${printable.replaceAll("'", `'\\''`)}'`;
}
