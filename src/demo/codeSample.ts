/** The beginning of the code in a prompt, to be quoted in the reply. */
export interface CodeSample {
  /** As the prompt's own fence names it, "text" where it has none. */
  readonly language: string;
  readonly lines: readonly string[];
}

/** How much of a prompt is looked at: a guess needs no more, and a prompt may be megabytes long. */
const charactersRead = 65_536;
const longestLine = 200;
const mostLines = 8;

const codeLine =
  /[{};]\s*$|=>|^\s*(?:import|from|def|class|function|const|let|var|return|public|private|func|fn|async)\b.*[(=:"'{]|^\s*(?:\/\/|#include\b|<\/?\w)/;

/** Takes the first fenced block, else the prompt from its first line of code when a third of its lines look like code. */
export function findCode(prompt: string): CodeSample | undefined {
  const lines = prompt
    .slice(0, charactersRead)
    .split(/\r\n|\r|\n/)
    .map((line) => line.slice(0, longestLine));
  return fencedCode(lines) ?? bareCode(lines);
}

/** A fence one backtick longer than any in the lines, so that quoted text can not close it. */
export function fenceFor(lines: readonly string[]): string {
  const runs = lines.join("\n").match(/`+/g) ?? [];
  const longest = Math.max(2, ...runs.map((run) => run.length));
  return "`".repeat(longest + 1);
}

function fencedCode(lines: readonly string[]): CodeSample | undefined {
  const start = lines.findIndex((line) => /^\s*(?:```|~~~)/.test(line));
  if (start === -1) return undefined;
  const fence = /^\s*(```|~~~)[`~]*\s*([\w+#.-]*)/.exec(lines[start] ?? "");
  const inside = lines.slice(start + 1);
  const end = inside.findIndex((line) => line.trimStart().startsWith(fence?.[1] ?? "```"));
  return sample(fence?.[2] ?? "", end === -1 ? inside : inside.slice(0, end));
}

function bareCode(lines: readonly string[]): CodeSample | undefined {
  const written = lines.filter((line) => line.trim() !== "");
  const matches = written.filter((line) => codeLine.test(line)).length;
  if (matches === 0 || matches * 3 < written.length) return undefined;
  return sample("", lines.slice(lines.findIndex((line) => codeLine.test(line))));
}

function sample(language: string, lines: readonly string[]): CodeSample {
  return { language: language === "" ? "text" : language, lines: lines.slice(0, mostLines) };
}
