import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { usageRanges, type UsageRange, type UsageState } from "../../shared/usagePanel.ts";
import { ActionButton } from "../parts/ActionButton.tsx";
import { pageLocale } from "../parts/pageLocale.ts";
import { Segmented } from "../parts/Segmented.tsx";
import type { PageActions } from "./actions.ts";
import { ExportButton } from "./ExportButton.tsx";
import type { PageState } from "./state.ts";
import { formatPercent, formatRange } from "./words.ts";

interface HeaderProps {
  readonly state: PageState;
  readonly told: UsageState;
  readonly actions: PageActions;
}

/** What the figures are about, how the reading stands, and what can be done. Stays in sight. */
export function Header({ state, told, actions }: HeaderProps): JSX.Element {
  return (
    <header class="head" data-phase={told.reading === "under-way" ? "waiting" : "finished"}>
      <div class="column head-row">
        <div class="head-title">
          <h1>{l10n.t("Usage")}</h1>
          <span class="state">{standing(state, told)}</span>
        </div>
        <div class="head-actions">
          <HeadActions state={state} told={told} actions={actions} />
        </div>
        <div class="head-choices">
          <Segmented
            label={l10n.t("Time")}
            name="range"
            options={usageRanges.map((value) => ({ value, label: rangeLabel(value) }))}
            chosen={told.range}
            onChoose={actions.read}
          />
          <ChecksSwitch state={state} actions={actions} />
        </div>
        <Refusals state={state} told={told} />
      </div>
      <div class="progress" />
    </header>
  );
}

function HeadActions({ state, told, actions }: HeaderProps): JSX.Element {
  return (
    <>
      {told.reading === "under-way" ? (
        <ActionButton label={l10n.t("Stop")} icon="stop" look="secondary" onPress={actions.stop} />
      ) : (
        <ActionButton
          label={l10n.t("Refresh")}
          icon="again"
          look="secondary"
          onPress={() => actions.read(told.range)}
        />
      )}
      {told.view !== undefined && (
        <ExportButton
          state={state.asks["export"]}
          onTable={actions.exportTable}
          onLines={actions.exportLines}
        />
      )}
    </>
  );
}

function ChecksSwitch({ state, actions }: Omit<HeaderProps, "told">): JSX.Element {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={state.choice.backgroundChecks === "counted"}
        onChange={(event) => actions.chooseChecks(event.currentTarget.checked ? "counted" : "left-out")}
      />
      {l10n.t("With status checks")}
    </label>
  );
}

function Refusals({ state, told }: Omit<HeaderProps, "actions">): JSX.Element | null {
  const reasons = Object.values(state.asks).flatMap((ask) => (ask.kind === "refused" ? [ask.reason] : []));
  const failure =
    told.reading === "failed" ? [l10n.t("The audit log could not be read: {0}", told.reason ?? "")] : [];
  return reasons.length + failure.length === 0 ? null : (
    <p class="refusal" role="alert">
      {[...failure, ...reasons].join(" ")}
    </p>
  );
}

function standing({ done }: PageState, { reading, view }: UsageState): string {
  const locale = pageLocale();
  if (reading === "under-way") {
    return l10n.t("Reading {0}", formatPercent(Math.floor(done * 100), 100, locale));
  }
  return view === undefined ? "" : formatRange(view.firstDay, view.lastDay, locale);
}

function rangeLabel(range: UsageRange): string {
  return range === "all" ? l10n.t("All") : l10n.t("{0} days", range);
}
