import * as l10n from "@vscode/l10n";
import { escapeHtml } from "./escapeHtml.ts";

export interface Formula {
  readonly tex: string;
  readonly layout: "inline" | "display";
  /** Shown until the formula is drawn, and where it can not be. HTML. */
  readonly source: string;
}

/** How a formula becomes HTML at once. */
export type FormulaHtml = (formula: Formula) => string;

/** A formula as its source, with what is needed to draw it later: there may be thousands, and what draws them is large. */
export function undrawnFormula({ tex, layout, source }: Formula): string {
  return `<span class="formula ${layout}" data-formula="${layout}" data-tex="${escapeHtml(tex)}">${source}</span>`;
}

export const undrawnFormulas = "[data-formula]";

/** TeX to MathML. Throws where it can not be read. */
type Draw = (tex: string, layout: Formula["layout"]) => string;

/** Formulas drawn are kept, for an open block is drawn with every frame. */
const kept = 2_000;

/** Draws the formulas of one answer, one at a time. What draws them is loaded when the first one comes. */
export class FormulaDrawer {
  readonly #load: () => Promise<Draw>;
  readonly #onLoaded: () => void;
  /** Without HTML: it can not be drawn. */
  readonly #drawn = new Map<string, string | undefined>();
  #state: "unasked" | "asked" | "settled" = "unasked";
  #draw: Draw | undefined;

  /** `onLoaded` is called when loading has settled, however. */
  constructor(load: () => Promise<Draw>, onLoaded: () => void) {
    this.#load = load;
    this.#onLoaded = onLoaded;
  }

  /** One that was drawn before is drawn at once. */
  html(formula: Formula): string {
    const key = keyOf(formula);
    const html = this.#drawn.get(key);
    if (html !== undefined) {
      return drawnHtml(formula.layout, html);
    }
    return this.#drawn.has(key) ? sourceHtml(formula.source) : undrawnFormula(formula);
  }

  /** Takes the first of those that wait and draws it in its place. `waiting`: nothing can be drawn yet. */
  drawFirst(waiting: Element[]): "drawn" | "waiting" | "none" {
    if (waiting.length === 0) {
      return "none";
    }
    if (this.#state !== "settled") {
      this.#ask();
      return "waiting";
    }
    const element = waiting.shift();
    if (element?.isConnected === true) {
      this.#replace(element);
    }
    return "drawn";
  }

  #ask(): void {
    if (this.#state === "asked") {
      return;
    }
    this.#state = "asked";
    const settle = (draw: Draw | undefined): void => {
      this.#state = "settled";
      this.#draw = draw;
      this.#onLoaded();
    };
    this.#load().then(settle, () => settle(undefined));
  }

  #replace(element: Element): void {
    const layout = element.getAttribute("data-formula") === "display" ? "display" : "inline";
    const tex = element.getAttribute("data-tex") ?? "";
    const key = keyOf({ tex, layout });
    const html = this.#drawn.has(key) ? this.#drawn.get(key) : tried(this.#draw, tex, layout);
    this.#drawn.set(key, html);
    if (this.#drawn.size > kept) {
      this.#drawn.delete(this.#drawn.keys().next().value ?? key);
    }
    element.outerHTML = html === undefined ? sourceHtml(element.innerHTML) : drawnHtml(layout, html);
  }
}

function keyOf({ tex, layout }: Pick<Formula, "tex" | "layout">): string {
  return `${layout} ${tex}`;
}

function drawnHtml(layout: Formula["layout"], html: string): string {
  // A long one scrolls by itself, which the keyboard has to reach.
  const scrolls = ` tabindex="0" role="group" aria-label="${escapeHtml(l10n.t("Formula"))}"`;
  return `<span class="formula ${layout}"${layout === "display" ? scrolls : ""}>${html}</span>`;
}

function sourceHtml(source: string): string {
  return `<span class="formula-source">${source}</span>`;
}

function tried(draw: Draw | undefined, tex: string, layout: Formula["layout"]): string | undefined {
  try {
    return draw?.(tex, layout);
  } catch {
    return undefined;
  }
}
