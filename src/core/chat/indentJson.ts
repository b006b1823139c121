/** JSON with a line a value, exact: nothing but white space changes. */

import { parseJson } from "../diagnosis/errorEnvelope.ts";

/** Longer bodies stay as they came. */
const longestIndented = 1024 * 1024;

/** A body as it is shown: indented where it is a JSON object or list, anything else, and what was cut, as it came. */
export function indentedBody(body: string): string {
  if (body.length > longestIndented) {
    return body;
  }
  const value = parseJson(body);
  return value !== undefined && value === Object(value) ? indentJson(body) : body;
}

/** Valid JSON with a line a value. Nothing but white space changes: long numbers and repeated names stay what they are. */
export function indentJson(json: string): string {
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
