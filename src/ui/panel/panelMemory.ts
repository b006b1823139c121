/** What each panel shows, and whether it is pinned, written down at once: what a page keeps itself VS Code writes down only seconds later, and a reload before that loses it. */

import * as v from "valibot";

import type { RunList } from "../../shared/runPanel.ts";

export interface PanelState {
  /** Of the panel; it stays the same over a reload. */
  readonly panelId: string;
  /** Empty while it shows no run. */
  readonly runId: string;
  readonly pin: RunList["pin"];
}

/** A workspace's state as VS Code keeps it. */
interface Memory {
  get(name: string): unknown;
  update(name: string, value: unknown): PromiseLike<void>;
}

export class PanelMemory {
  readonly #memory: Memory;
  readonly #newId: () => string;
  /** The one that changed last is the last. */
  #panels: readonly PanelState[];

  constructor(memory: Memory, newId: () => string = () => crypto.randomUUID()) {
    this.#memory = memory;
    this.#newId = newId;
    const kept = v.safeParse(keptShape, memory.get(name));
    this.#panels = kept.success ? kept.output : [];
  }

  /** A panel that was not there before. */
  newId(): string {
    return this.#newId();
  }

  /** Of a panel that comes back. `kept` is what its page had kept, and may be anything; what was noted here is newer. */
  recall(kept: unknown): PanelState {
    const own = v.parse(pageShape, kept === Object(kept) ? kept : {});
    const noted = this.#panels.find(({ panelId }) => panelId === own.panelId);
    if (noted !== undefined) {
      return noted;
    }
    const [only, ...others] = this.#panels;
    const isOnly = own.panelId === "" && only !== undefined && others.length === 0;
    return isOnly ? only : { ...own, panelId: own.panelId === "" ? this.#newId() : own.panelId };
  }

  note(state: PanelState): void {
    const before = this.#panels.find(({ panelId }) => panelId === state.panelId);
    if (before?.runId !== state.runId || before.pin !== state.pin) {
      this.#write([...this.#without(state.panelId), state].slice(-mostPanels));
    }
  }

  /** Closed by the person. */
  forget(panelId: string): void {
    this.#write(this.#without(panelId));
  }

  #without(panelId: string): readonly PanelState[] {
    return this.#panels.filter((each) => each.panelId !== panelId);
  }

  #write(panels: readonly PanelState[]): void {
    this.#panels = panels;
    // Where it can not be written, the page's own memory is left.
    this.#memory.update(name, panels).then(undefined, () => undefined);
  }
}

const name = "run-panels";
/** Those that VS Code did not bring back would stay for ever. */
const mostPanels = 20;

const pin = v.picklist(["pinned", "free"]);
const keptShape = v.array(v.object({ panelId: v.string(), runId: v.string(), pin }));
const pageShape = v.object({
  panelId: v.fallback(v.string(), ""),
  runId: v.fallback(v.string(), ""),
  pin: v.fallback(pin, "free"),
});
