import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { GrowingText } from "../markdown/growingText.ts";
import { visibleText } from "../../core/visible.ts";
import { pageLocale } from "../parts/pageLocale.ts";
import { phaseOf } from "./phase.ts";
import { reasoningLabel } from "./reasoningLabel.ts";
import type { RunView } from "./state.ts";

/** The model's reasoning, apart from its answer and folded. Plain text: models think in half-finished markup. */
export function Reasoning({ run }: { readonly run: RunView }): JSX.Element | null {
  return run.snapshot.reasoning === "" ? null : <ReasoningDetails run={run} />;
}

function ReasoningDetails({ run }: { readonly run: RunView }): JSX.Element {
  const container = useRef<HTMLDivElement>(null);
  const growing = useRef<GrowingText>(null);
  const { reasoning } = run.snapshot;
  useLayoutEffect(() => {
    if (container.current !== null) {
      growing.current ??= new GrowingText(container.current);
      growing.current.show(visibleText(reasoning));
    }
  }, [reasoning]);
  const isThinking = phaseOf(run.snapshot) === "thinking";
  return (
    <details class="reasoning">
      <summary class={isThinking ? "live" : ""}>{reasoningLabel(run, pageLocale())}</summary>
      <div class="reasoning-text" ref={container} dir="auto" />
    </details>
  );
}
