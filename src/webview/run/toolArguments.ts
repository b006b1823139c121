/** The arguments of a tool call, as they are shown. */

export interface ShownArguments {
  readonly text: string;
  /** What is wrong with them, where that is known: they may still be on their way. */
  readonly state: "whole" | "empty" | "not-json" | "not-an-object";
}

/** Longer ones stay as they came. */
const longestIndented = 1_000_000;

export function shownArguments(text: string): ShownArguments {
  if (text.trim() === "") {
    return { text: "", state: "empty" };
  }
  try {
    const value: unknown = JSON.parse(text);
    const isObject = value === Object(value) && !Array.isArray(value);
    return {
      text: text.length > longestIndented ? text : indented(text),
      state: isObject ? "whole" : "not-an-object",
    };
  } catch {
    return { text, state: "not-json" };
  }
}

/** Valid JSON with a line a value. Nothing but white space changes: long numbers and repeated names stay what they are. */
function indented(json: string): string {
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  let depth = 0;
  let before = "";
  const lines: string[] = [];
  for (const token of tokens) {
    const isClosing = token === "}" || token === "]";
    depth -= isClosing ? 1 : 0;
    const isEmpty = isClosing && (before === "{" || before === "[");
    const breaks = (isClosing && !isEmpty) || (!isClosing && /^[{[,]$/.test(before) && before !== "");
    lines.push(breaks ? `\n${"  ".repeat(depth)}${token}` : token === ":" ? ": " : token);
    depth += token === "{" || token === "[" ? 1 : 0;
    before = token;
  }
  return lines.join("");
}
