import { chunksOf } from "./chunks.ts";

/** Plain text that grows at its end, in chunks so that only the last one is laid out again. */
export class GrowingText {
  readonly #container: HTMLElement;
  #shown = "";
  #last: Text | undefined;

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
    const shown = this.#last?.data ?? "";
    const [continued = "", ...further] = chunksOf(shown + added);
    // What is shown stays as it is, and so remains selected.
    this.#last ??= this.#addChunk();
    this.#last.appendData(continued.slice(shown.length));
    for (const chunk of further) {
      this.#last = this.#addChunk();
      this.#last.appendData(chunk);
    }
  }

  #clear(): void {
    this.#container.textContent = "";
    this.#shown = "";
    this.#last = undefined;
  }

  #addChunk(): Text {
    const chunk = this.#container.ownerDocument.createElement("span");
    chunk.className = "chunk";
    const text = chunk.appendChild(this.#container.ownerDocument.createTextNode(""));
    this.#container.append(chunk);
    return text;
  }
}
