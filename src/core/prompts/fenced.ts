/** Code as Markdown shows it, and back. */

/** The text in a fence longer than any inside it. */
export function fenced(text: string, languageId: string): string {
  const longest = longestRun(text);
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}${languageId === "plaintext" ? "" : languageId}\n${text}\n${fence}`;
}

/** The code of an answer that is one fence and at most a sentence or two around it; undefined for every other answer. */
export function soleFence(answer: string): { readonly code: string; readonly language: string } | undefined {
  const blocks: { readonly code: string; readonly language: string }[] = [];
  let around = "";
  let open: { readonly fence: string; readonly language: string; readonly lines: string[] } | undefined;
  for (const line of answer.split("\n")) {
    const [, fence = "", language = ""] = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)/.exec(line) ?? [];
    if (open === undefined) {
      open = fence === "" ? undefined : { fence, language, lines: [] };
      around += fence === "" ? line : "";
    } else if (fence.startsWith(open.fence) && line.trim() === fence) {
      blocks.push({ code: open.lines.join("\n"), language: open.language });
      open = undefined;
    } else {
      open.lines.push(line);
    }
  }
  const [only] = blocks;
  if (only === undefined || blocks.length > 1 || open !== undefined) {
    return undefined;
  }
  return around.trim().length <= Math.max(mostAround, only.code.length / 2) ? only : undefined;
}

/** A sentence or two, such as "Here it is:". */
const mostAround = 200;

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`{3,}/g)) {
    longest = Math.max(longest, run.length);
  }
  return longest;
}
