/** A long text in pages, so that no message and no page of it is heavy. */

/** Part of a long text. */
export interface TextPage {
  readonly text: string;
  /** Counted from 0. */
  readonly page: number;
  readonly pages: number;
  /** Of the whole text. */
  readonly characters: number;
}

/** UTF-16 units of a page. */
const pageLength = 64 * 1024;

/** A page that is not there is the nearest that is. An empty text has one empty page. No surrogate pair is split. */
export function textPage(text: string, page: number, length: number = pageLength): TextPage {
  const pages = Math.max(1, Math.ceil(text.length / length));
  const at = Math.min(Math.max(0, Math.trunc(page) || 0), pages - 1);
  const part = text.slice(pairStart(text, at * length), pairStart(text, (at + 1) * length));
  return { text: part, page: at, pages, characters: text.length };
}

/** The same place, or the one before it where a pair would be split. */
function pairStart(text: string, index: number): number {
  const splits =
    index > 0 && /[\ud800-\udbff]/.test(text[index - 1] ?? "") && /[\udc00-\udfff]/.test(text[index] ?? "");
  return splits ? index - 1 : index;
}
