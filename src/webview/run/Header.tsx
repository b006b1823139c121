import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { PageActions } from "./actions.ts";
import { HeaderActions } from "./HeaderActions.tsx";
import { Icon, type IconName } from "../parts/Icon.tsx";
import { phaseLabel, phaseOf, type RunPhase } from "./phase.ts";
import type { RunView } from "./state.ts";
import { WireText } from "../parts/WireText.tsx";

/** Who is asked, from where, how it stands, and what can be done about it. Stays in sight. */
export function Header({
  run,
  actions,
}: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element {
  const { head } = run.snapshot;
  const phase = phaseOf(run.snapshot);
  return (
    <header class="head" data-kind={head.kind} data-phase={phase}>
      <div class="column head-row">
        <div class="head-title">
          <h1>
            <WireText text={head.endpointName} />
          </h1>
          <span class="state">
            <Icon name={phaseIcons[phase]} />
            {phaseLabel(phase)}
          </span>
        </div>
        <div class="head-actions">
          <HeaderActions run={run} actions={actions} />
        </div>
        <dl class="origin">
          <Fact name={l10n.t("Base URL")} text={head.baseUrl} face="mono" />
          <Fact name={l10n.t("Model")} text={head.model} face="mono" />
          <Fact name={l10n.t("Requests leave from")} text={head.machine} />
          <Fact name={l10n.t("Key")} text={head.key ?? ""} />
        </dl>
        <Refusals run={run} />
      </div>
      <div class="progress" />
    </header>
  );
}

/** Of how a run stands. */
export const phaseIcons: Readonly<Record<RunPhase, IconName>> = {
  waiting: "running",
  thinking: "running",
  answering: "running",
  testing: "running",
  finished: "passed",
  warnings: "warning",
  stopped: "skipped",
  failed: "failed",
};

function Fact({
  name,
  text,
  face,
}: {
  readonly name: string;
  readonly text: string;
  readonly face?: "mono";
}): JSX.Element | null {
  if (text === "") {
    return null;
  }
  return (
    <div title={name}>
      <dt class="sr-only">{name}</dt>
      <dd class={face}>
        <WireText text={text} />
      </dd>
    </div>
  );
}

function Refusals({ run }: { readonly run: RunView }): JSX.Element | null {
  const reasons = ["stop", "again", "copy", "report"]
    .map((name) => run.asks[name])
    .flatMap((ask) => (ask?.kind === "refused" ? [ask.reason] : []));
  return reasons.length === 0 ? null : (
    <p class="refusal" role="alert">
      {reasons.join(" ")}
    </p>
  );
}
