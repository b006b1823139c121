/** Fixes that send a chat again with other fields. */

import type { Fix } from "../diagnosis/finding.ts";
import { mergeExtraBody } from "./extraBody.ts";
import { type Fields, fieldsOf } from "./fields.ts";

export type RunFix = Extract<Fix, { kind: "merge-extra-body" | "drop-parameter" | "set-parameter" }>;

export function isRunFix(fix: Fix): fix is RunFix {
  return fix.kind === "merge-extra-body" || fix.kind === "drop-parameter" || fix.kind === "set-parameter";
}

/** The fields of the request after the fix. What means nothing without a field that is dropped goes with it. */
export function withFix(extra: Fields, fix: RunFix): Fields {
  switch (fix.kind) {
    case "merge-extra-body":
      return mergeExtraBody(extra);
    case "drop-parameter": {
      const dropped = changed(extra, pathOf(extra, fix.name), undefined);
      return fix.name === "tools" ? changed(dropped, ["tool_choice"], undefined) : dropped;
    }
    case "set-parameter":
      return changed(extra, pathOf(extra, fix.name), fix.value);
  }
}

/** A name with a dot in it may be a field of its own. */
function pathOf(extra: Fields, name: string): readonly string[] {
  return name in extra ? [name] : name.split(".");
}

/** Without the field where the value is undefined, and without an object that this leaves empty. */
function changed(fields: Fields, [name = "", ...inside]: readonly string[], value: unknown): Fields {
  const others = Object.entries(fields).filter(([each]) => each !== name);
  const within = inside.length === 0 ? undefined : changed(fieldsOf(fields[name]) ?? {}, inside, value);
  const now = within === undefined ? value : Object.keys(within).length === 0 ? undefined : within;
  return Object.fromEntries(now === undefined ? others : [...others, [name, now]]);
}
