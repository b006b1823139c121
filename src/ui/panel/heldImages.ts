/** The images of drafts, in memory: pages know them by an id alone, and nothing of them is written anywhere. */

import type { DraftImage } from "../../core/chat/chatDraft.ts";
import { checkImage } from "../../core/chat/imageLimits.ts";
import type { HeldImage } from "../../core/chat/readDraft.ts";

/** Bytes of all images together; beyond, the one that was used longest ago goes. */
const mostHeld = 100_000_000;

export class HeldImages {
  readonly #images = new Map<string, HeldImage & { readonly bytes: number }>();
  readonly #limit: number;

  constructor(limit = mostHeld) {
    this.#limit = limit;
  }

  /** Throws with a text for the person when it is too large, or no image. */
  add(name: string, bytes: Uint8Array): DraftImage {
    const checked = checkImage(name, bytes);
    if (checked.kind === "refused") {
      throw new Error(checked.reason);
    }
    const id = crypto.randomUUID();
    const { mime } = checked;
    this.#images.set(id, { mime, base64: Buffer.from(bytes).toString("base64"), bytes: bytes.length });
    this.#drop();
    return { id, name, mime, bytes: bytes.length };
  }

  /** Undefined when it has gone; asking for it counts as use. */
  get(id: string): HeldImage | undefined {
    const image = this.#images.get(id);
    if (image !== undefined) {
      this.#images.delete(id);
      this.#images.set(id, image);
    }
    return image;
  }

  #drop(): void {
    let held = [...this.#images.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [id, { bytes }] of this.#images) {
      if (held <= this.#limit) {
        return;
      }
      this.#images.delete(id);
      held -= bytes;
    }
  }
}
