import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useId, useMemo, useRef } from "preact/hooks";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { Icon } from "../../parts/Icon.tsx";
import { WireText } from "../../parts/WireText.tsx";
import type { PageActions } from "../actions.ts";
import { Reply } from "../ChatRun.tsx";
import { Findings } from "../Findings.tsx";
import { phaseIcons } from "../Header.tsx";
import { isRunning, phaseLabel, phaseOf } from "../phase.ts";
import type { RunView } from "../state.ts";
import { ToolCalls } from "../ToolCalls.tsx";
import { useEndFollower } from "../useEndFollower.ts";

interface CompareColumnProps {
  readonly run: RunView;
  readonly actions: PageActions;
}

/** One of those that are asked: who, how it stands, and what it says, in a box that scrolls by itself. */
export function CompareColumn({ run, actions }: CompareColumnProps): JSX.Element {
  const { runId } = run.snapshot.head;
  const own = useMemo(() => actions.of(runId), [actions, runId]);
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isGoing = isRunning(run.snapshot);
  const { place, jump } = useEndFollower(content, isGoing ? "running" : "ended", box);
  const titleId = useId();
  return (
    <section class="compare-column" aria-labelledby={titleId}>
      <Title run={run} id={titleId} />
      <div class="compare-actions">
        <State run={run} />
        {isGoing && place === "away" && (
          <ActionButton
            label={l10n.t("Follow")}
            icon="down"
            look="quiet"
            describedBy={titleId}
            onPress={jump}
          />
        )}
        <Action run={run} actions={own} titleId={titleId} />
      </div>
      <div class="compare-body" ref={box} tabIndex={0} role="group" aria-labelledby={titleId}>
        <div class="compare-content" ref={content}>
          <Reply run={run} actions={own} />
          <ToolCalls run={run} actions={own} />
          <Findings run={run} actions={own} />
        </div>
      </div>
    </section>
  );
}

function Title({ run, id }: { readonly run: RunView; readonly id: string }): JSX.Element {
  const { endpointName, model, baseUrl } = run.snapshot.head;
  return (
    <h2 class="compare-title" id={id} title={baseUrl}>
      <WireText text={endpointName} />
      {model !== "" && <WireText class="compare-model" text={model} />}
    </h2>
  );
}

function State({ run }: { readonly run: RunView }): JSX.Element {
  const phase = phaseOf(run.snapshot);
  return (
    <span class="state">
      <Icon name={phaseIcons[phase]} />
      {phaseLabel(phase)}
    </span>
  );
}

/** Stop while it runs, then Copy; in the same place. */
function Action({
  run,
  actions,
  titleId,
}: CompareColumnProps & { readonly titleId: string }): JSX.Element | null {
  const { stop, copy } = run.asks;
  if (isRunning(run.snapshot)) {
    return (
      <ActionButton
        label={l10n.t("Stop")}
        icon="stop"
        look="quiet"
        state={stop}
        describedBy={titleId}
        onPress={actions.stop}
      />
    );
  }
  return run.snapshot.answer === "" ? null : (
    <ActionButton
      label={copy?.kind === "done" ? l10n.t("Copied") : l10n.t("Copy")}
      icon="copy"
      look="quiet"
      state={copy}
      describedBy={titleId}
      onPress={actions.copy}
    />
  );
}
