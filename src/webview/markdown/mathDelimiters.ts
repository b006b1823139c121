/** The signs that formulas stand between in an answer. */
export interface Delimiters {
  readonly open: string;
  readonly close: string;
  readonly layout: "inline" | "display";
}

const byOpening: readonly Delimiters[] = [
  { open: "$$", close: "$$", layout: "display" },
  { open: "$", close: "$", layout: "inline" },
  { open: "\\[", close: "\\]", layout: "display" },
  { open: "\\(", close: "\\)", layout: "inline" },
];

/** What may open at this place. After a letter or digit it is an amount (`US$`), a shell variable or an escaped bracket. */
export function delimitersAt(text: string, at: number): Delimiters | undefined {
  const sign = text.charAt(at);
  if ((sign !== "$" && sign !== "\\") || /[\w$]/.test(text.charAt(at - 1)) || text.startsWith("$$$", at)) {
    return undefined;
  }
  return byOpening.find(({ open }) => text.startsWith(open, at));
}

/** `[1]` with escaped brackets is a reference. Dollars are held to stricter rules, for they are also money. */
export function isFormula(content: string, { open }: Delimiters): boolean {
  if (content.trim() === "" || (open === "\\[" && /^[\d\s,–-]*$/.test(content))) {
    return false;
  }
  return open !== "$" || !/^\s|\s$|[`\n]|^\d[\d.,]*(\s+\p{L}{2}|\s*\p{Script=Han})/u.test(content);
}
