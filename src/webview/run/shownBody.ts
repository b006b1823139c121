import { visibleId } from "../../core/visible.ts";

/** Characters of a body that the report keeps (`core/diagnosis/exchange.ts`). */
const bodyKept = 16 * 1024;

export interface ShownBody {
  /** Every character to be seen, JSON indented. */
  readonly text: string;
  /** After how many characters the body was cut; 0 when it is whole. */
  readonly cut: number;
}

export function shownBody(body: string): ShownBody {
  const text = prettyJson(body)
    .split("\n")
    .map((line) => visibleId(line.replace(/\r$/, "").replaceAll("\t", "    ")))
    .join("\n");
  return { text, cut: body.length >= bodyKept ? bodyKept : 0 };
}

/** Indented where it is JSON; anything else, and what was cut, stays as it came. */
export function prettyJson(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    return value === Object(value) ? JSON.stringify(value, null, 2) : body;
  } catch {
    return body;
  }
}
