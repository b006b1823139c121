import { indentedBody } from "../../core/chat/indentJson.ts";
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
  return { text: visibleLines(indentedBody(body)), cut: body.length >= bodyKept ? bodyKept : 0 };
}

/** Line breaks and tabs stay what they are, every other character can be seen. */
export function visibleLines(text: string): string {
  return text
    .split("\n")
    .map((line) => visibleId(line.replace(/\r$/, "").replaceAll("\t", "    ")))
    .join("\n");
}
