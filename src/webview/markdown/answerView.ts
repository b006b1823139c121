import { visibleText } from "../../core/visible.ts";
import { createBlockRenderer } from "./blockRenderer.ts";
import { createBlockSplitter } from "./blockSplitter.ts";
import { openCodeHtml } from "./codeHtml.ts";
import { FormulaDrawer, undrawnFormulas } from "./formulas.ts";
import { growHtml } from "./growHtml.ts";
import { GrowingText } from "./growingText.ts";
import { keepFocus } from "./keepFocus.ts";
import { createLineEndings } from "./lineEndings.ts";

export interface AnswerView {
  /** Shown with the next animation frame. */
  append(text: string): void;
  /** Resolves when everything is drawn. */
  end(): Promise<void>;
}

/**
 * A group out of sight is neither laid out nor painted (`content-visibility`). It is full with so many blocks or characters:
 * with more, a frame paints more around the view; with fewer, it asks more groups whether they are in sight.
 */
const blocksInGroup = 16;
const charactersInGroup = 32_768;
/** Milliseconds of a frame spent on closed blocks, and characters split at a time: however much comes, the page answers. */
const frameBudgetMs = 8;
const pieceLength = 65_536;

/** What draws formulas is large, and most answers have none. */
const loadMathMl = async (): Promise<(tex: string, layout: "inline" | "display") => string> =>
  (await import("./mathMl.ts")).mathMl;

/** Shows Markdown as it streams in. The container belongs to the view; it is the one place where HTML is set. */
export function createAnswerView(container: HTMLElement): AnswerView {
  return new StreamedAnswer(container);
}

class StreamedAnswer implements AnswerView {
  readonly #container: HTMLElement;
  readonly #open: HTMLElement;
  readonly #formulas = new FormulaDrawer(loadMathMl, () => this.#askFrame());
  readonly #renderer = createBlockRenderer((formula) => this.#formulas.html(formula));
  readonly #splitter = createBlockSplitter((source) => this.#renderer.blocksOf(source));
  readonly #lineEndings = createLineEndings();
  #arrived = "";
  #closed: readonly string[] = [];
  #nextClosed = 0;
  #group: { readonly element: HTMLElement; readonly blocks: number; readonly characters: number } | undefined;
  /** `outdated`: some of it has become a closed block. */
  #shownOpen: "current" | "outdated" = "current";
  #openCode: { readonly language: string; readonly text: GrowingText } | undefined;
  /** Formulas of closed blocks that are not drawn yet. */
  readonly #undrawn: Element[] = [];
  #frame: "idle" | "asked" = "idle";
  #state: "streaming" | "ending" | "ended" = "streaming";
  readonly #drawn: Promise<void>;
  #tellDrawn = (): void => undefined;

  constructor(container: HTMLElement) {
    this.#container = container;
    this.#open = addDiv(container, "open-block");
    this.#drawn = new Promise((resolve) => {
      this.#tellDrawn = resolve;
    });
  }

  append(text: string): void {
    if (text !== "" && this.#state === "streaming") {
      this.#arrived += text;
      this.#askFrame();
    }
  }

  async end(): Promise<void> {
    if (this.#state === "streaming") {
      this.#state = "ending";
      this.#askFrame();
    }
    await this.#drawn;
  }

  #askFrame(): void {
    if (this.#frame === "idle") {
      this.#frame = "asked";
      requestAnimationFrame(() => this.#draw());
    }
  }

  #draw(): void {
    this.#frame = "idle";
    keepFocus(this.#container, this.#open, () => this.#drawNext());
  }

  #drawNext(): void {
    const deadline = performance.now() + frameBudgetMs;
    let work: "left" | "none" = "left";
    while (work === "left" && performance.now() < deadline) {
      work = this.#step();
    }
    if (work === "left") {
      if (this.#shownOpen === "outdated") {
        this.#drawOpen("");
      }
      this.#askFrame();
      return;
    }
    this.#drawOpen(this.#splitter.open());
    this.#drawFormulas(deadline);
  }

  #drawFormulas(deadline: number): void {
    const inOpen = [...this.#open.querySelectorAll(undrawnFormulas)];
    let outcome: ReturnType<FormulaDrawer["drawFirst"]>;
    do {
      outcome = this.#formulas.drawFirst(this.#undrawn.length > 0 ? this.#undrawn : inOpen);
    } while (outcome === "drawn" && performance.now() < deadline);
    if (outcome === "drawn") {
      this.#askFrame();
    } else if (outcome === "none" && this.#state === "ended") {
      this.#tellDrawn();
    }
  }

  #step(): "left" | "none" {
    const block = this.#closed[this.#nextClosed];
    if (block !== undefined) {
      this.#nextClosed += 1;
      this.#drawClosed(block);
      return "left";
    }
    if (this.#arrived !== "") {
      const piece = this.#lineEndings.push(this.#arrived.slice(0, pieceLength));
      this.#arrived = this.#arrived.slice(pieceLength);
      return this.#queue(this.#splitter.push(visibleText(piece)));
    }
    if (this.#state === "ending") {
      this.#state = "ended";
      return this.#queue([...this.#splitter.push(this.#lineEndings.end()), ...this.#splitter.end()]);
    }
    return "none";
  }

  #queue(blocks: readonly string[]): "left" {
    this.#closed = blocks;
    this.#shownOpen = blocks.length > 0 ? "outdated" : this.#shownOpen;
    this.#nextClosed = 0;
    return "left";
  }

  #drawClosed(block: string): void {
    const { element, blocks, characters } = this.#group ?? {
      element: this.#addGroup(),
      blocks: 0,
      characters: 0,
    };
    const last = element.lastElementChild;
    element.insertAdjacentHTML("beforeend", this.#renderer.render(block));
    let added = last === null ? element.firstElementChild : last.nextElementSibling;
    for (; added !== null; added = added.nextElementSibling) {
      this.#undrawn.push(...added.querySelectorAll(undrawnFormulas));
    }
    const group = { element, blocks: blocks + 1, characters: characters + block.length };
    const isFull = group.blocks >= blocksInGroup || group.characters >= charactersInGroup;
    this.#group = isFull ? undefined : group;
    if (isFull) {
      element.classList.add("frozen");
    }
  }

  #drawOpen(source: string): void {
    this.#shownOpen = "current";
    const fence = this.#renderer.openFence(source);
    if (fence === undefined) {
      this.#openCode = undefined;
      growHtml(this.#open, this.#renderer.renderOpen(source));
      return;
    }
    if (this.#openCode?.language !== fence.language) {
      this.#open.innerHTML = openCodeHtml(fence.language, "");
      const code = this.#open.querySelector("code") ?? this.#open;
      this.#openCode = { language: fence.language, text: new GrowingText(code) };
    }
    this.#openCode.text.show(fence.code);
  }

  #addGroup(): HTMLElement {
    const group = addDiv(this.#container, "group");
    this.#container.insertBefore(group, this.#open);
    return group;
  }
}

function addDiv(container: HTMLElement, className: string): HTMLElement {
  const div = container.ownerDocument.createElement("div");
  div.className = className;
  container.append(div);
  return div;
}
