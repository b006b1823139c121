/** A browser lays out a growing text node again as a whole. In chunks, only the last one is laid out. */
const wanted = 2_048;
const longest = 16_384;

/** Cuts after a line break, and within a line only where it is absurdly long. Joined, the chunks are the text. */
export function chunksOf(text: string): readonly string[] {
  const chunks: string[] = [];
  let start = 0;
  while (text.length - start > wanted) {
    const lineBreak = text.indexOf("\n", start + wanted - 1);
    const end = lineBreak >= 0 && lineBreak - start < longest ? lineBreak + 1 : start + longest;
    if (end >= text.length) {
      break;
    }
    chunks.push(text.slice(start, end));
    start = end;
  }
  return [...chunks, text.slice(start)];
}
