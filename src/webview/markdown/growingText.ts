import { chunksOf } from "./chunks.ts";

/** Plain text that grows at its end, in chunks so that only the last one is laid out again. */
export class GrowingText {
  readonly #container: HTMLElement;
  #shown = "";
  #last: HTMLElement | undefined;
  #lastText = "";

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** The whole text so far. When it does not continue what is shown, it is shown anew. */
  show(text: string): void {
    if (!text.startsWith(this.#shown)) {
      this.#clear();
    }
    const added = text.slice(this.#shown.length);
    this.#shown = text;
    if (added === "") {
      return;
    }
    const [continued = "", ...further] = chunksOf(this.#lastText + added);
    this.#put(continued);
    for (const chunk of further) {
      this.#last = undefined;
      this.#put(chunk);
    }
  }

  #clear(): void {
    this.#container.textContent = "";
    this.#shown = "";
    this.#last = undefined;
    this.#lastText = "";
  }

  #put(text: string): void {
    this.#last ??= this.#addChunk();
    this.#last.textContent = text;
    this.#lastText = text;
  }

  #addChunk(): HTMLElement {
    const chunk = this.#container.ownerDocument.createElement("span");
    chunk.className = "chunk";
    this.#container.append(chunk);
    return chunk;
  }
}
