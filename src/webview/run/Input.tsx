import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { visibleText } from "../../core/visible.ts";

const shortLines = 4;
const shortLength = 320;

/** What was asked or embedded. Beyond a few lines it is folded: the answer is what one came for. */
export function Input({
  title,
  text,
}: {
  readonly title: string;
  readonly text: string;
}): JSX.Element | null {
  const [state, setState] = useState<"folded" | "unfolded">("folded");
  if (text === "") {
    return null;
  }
  const isLong = text.length > shortLength || text.split("\n").length > shortLines;
  return (
    <section class="input">
      <h2>{title}</h2>
      <p class={isLong && state === "folded" ? "input-text folded" : "input-text"} dir="auto">
        {visibleText(text)}
      </p>
      {isLong && (
        <button
          type="button"
          class="link"
          aria-expanded={state === "unfolded"}
          onClick={() => setState(state === "folded" ? "unfolded" : "folded")}
        >
          {state === "folded" ? l10n.t("Show all") : l10n.t("Show less")}
        </button>
      )}
    </section>
  );
}
