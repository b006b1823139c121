import type { Token } from "markdown-it";

/** Has a fence its closing line? The parser does not tell, but counts lines. */
export function isClosedFence(token: Token): boolean {
  const [from, to] = token.map ?? [0, 0];
  const unterminated = token.content === "" || token.content.endsWith("\n") ? 0 : 1;
  const contentLines = token.content.split("\n").length - 1 + unterminated;
  return to - from === contentLines + 2;
}

export function languageOf(token: Token): string {
  return /^[^\s{]*/.exec(token.info.trim())?.[0] ?? "";
}
