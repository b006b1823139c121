import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { RunList } from "../../../shared/runPanel.ts";
import { pageLocale } from "../../parts/pageLocale.ts";
import { formatNumber } from "../../parts/format.ts";
import { useUnfolding } from "../../parts/useUnfolding.ts";
import type { PageActions } from "../actions.ts";
import { RunIcon } from "./RunIcon.tsx";
import { RunRows } from "./RunRows.tsx";
import { useWide } from "./useWide.ts";

interface RunsProps {
  readonly list: RunList;
  /** Undefined while something else than a run is shown. */
  readonly shownId: string | undefined;
  readonly actions: PageActions;
}

/** The runs of this window: a column where there is room, else a bar that unfolds. */
export function Runs({ list, shownId, actions }: RunsProps): JSX.Element {
  const root = useRef<HTMLElement>(null);
  const isWide = useWide();
  const [side, setSide] = useState<"unfolded" | "folded">("unfolded");
  const menu = useUnfolding(root);
  const isSide = isWide && side === "unfolded";
  const isUnfolded = isSide || (!isWide && menu.isUnfolded);
  const toggle = isWide ? () => setSide(side === "folded" ? "unfolded" : "folded") : menu.toggle;
  const select = (runId: string): void => {
    if (!isWide) {
      menu.fold();
    }
    void actions.ask("run/select", { runId }).catch(() => undefined);
  };
  return (
    <nav class={isSide ? "runs runs-side" : "runs runs-bar"} aria-label={l10n.t("Runs")} ref={root}>
      <Tools list={list} isUnfolded={isUnfolded} onToggle={toggle} actions={actions} />
      {isUnfolded && (
        <div class="runs-list" id="run-list">
          <RunRows runs={list.runs} shownId={shownId} actions={actions} onSelect={select} />
        </div>
      )}
    </nav>
  );
}

interface ToolsProps {
  readonly list: RunList;
  readonly isUnfolded: boolean;
  readonly onToggle: () => void;
  readonly actions: PageActions;
}

/** The button that unfolds the list comes first: folding gives the focus back to it. */
function Tools({ list, isUnfolded, onToggle, actions }: ToolsProps): JSX.Element {
  const [problem, setProblem] = useState("");
  const newChat = (): void => {
    setProblem("");
    actions.ask("draft/of", { answer: "without" }).then(actions.compose, (error: unknown) => {
      setProblem(error instanceof Error ? error.message : String(error));
    });
  };
  return (
    <div class="runs-tools">
      <button
        type="button"
        class="quiet runs-toggle"
        aria-expanded={isUnfolded}
        aria-controls={isUnfolded ? "run-list" : undefined}
        onClick={onToggle}
      >
        <RunIcon name="list" />
        <span>{l10n.t("Runs ({0})", formatNumber(list.runs.length, pageLocale()))}</span>
      </button>
      <button type="button" class="quiet" onClick={newChat}>
        <RunIcon name="new" />
        <span>{l10n.t("New chat")}</span>
      </button>
      <Pin pin={list.pin} actions={actions} />
      {problem !== "" && (
        <p class="refusal" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function Pin({ pin, actions }: { readonly pin: RunList["pin"]; readonly actions: PageActions }): JSX.Element {
  const isPinned = pin === "pinned";
  return (
    <button
      type="button"
      class="quiet runs-pin"
      aria-pressed={isPinned}
      aria-label={l10n.t("Pin this panel")}
      title={
        isPinned
          ? l10n.t("Pinned: the next run opens in another panel")
          : l10n.t("Pin this panel: the next run then opens in another")
      }
      onClick={() =>
        void actions.ask("panel/pin", { pin: isPinned ? "free" : "pinned" }).catch(() => undefined)
      }
    >
      <RunIcon name={isPinned ? "pinned" : "pin"} />
    </button>
  );
}
