/** Drafts that were left: in memory while the page lives, and over a reload of it while they are small. */

import type { PageWire } from "../../vscodeWire.ts";
import type { Form } from "./form.ts";

export interface DraftKeeper {
  get(slot: string): Form | undefined;
  /** `too-long`: it is lost when the page loads again. */
  set(slot: string, form: Form): "kept" | "too-long";
  remove(slot: string): void;
  /** From now on, whoever gets the draft gets what `read` says; until the function that is returned is called. */
  follow(slot: string, read: () => Form): () => void;
}

/** The number changes with the shape of a form: what an older page kept is not read. */
const name = "drafts.1";
/** Characters of JSON. */
const mostKept = 1_000_000;

export function draftKeeper(wire: Pick<PageWire, "kept" | "keep">): DraftKeeper {
  const kept = wire.kept(name);
  const forms = new Map<string, Form>(Array.isArray(kept) ? (kept as [string, Form][]) : []);
  const followed = new Map<string, () => Form>();
  return {
    get: (slot) => followed.get(slot)?.() ?? forms.get(slot),
    set: (slot, form) => {
      // The newest is the last.
      forms.delete(slot);
      forms.set(slot, form);
      const fitting = newestWithin(forms);
      wire.keep(name, fitting);
      return fitting.some(([each]) => each === slot) ? "kept" : "too-long";
    },
    remove: (slot) => {
      followed.delete(slot);
      if (forms.delete(slot)) {
        wire.keep(name, newestWithin(forms));
      }
    },
    follow: (slot, read) => {
      followed.set(slot, read);
      return () => {
        if (followed.get(slot) === read) {
          followed.delete(slot);
        }
      };
    },
  };
}

function newestWithin(forms: ReadonlyMap<string, Form>): readonly (readonly [string, Form])[] {
  const fitting: (readonly [string, Form])[] = [];
  let left = mostKept;
  for (const entry of [...forms].reverse()) {
    const length = lengthOf(entry[1], left);
    if (length <= left) {
      left -= length;
      fitting.unshift(entry);
    }
  }
  return fitting;
}

/** Long texts are not written out only to be counted. */
function lengthOf(form: Form, enough: number): number {
  const texts = [form.system, ...form.rows.map(({ content }) => content)];
  const least = texts
    .flatMap(({ text, held }) => [text, ...held])
    .reduce((sum, { length }) => sum + length, 0);
  return least > enough ? least : JSON.stringify(form).length;
}
