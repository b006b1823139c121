import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { TestRowView } from "../../shared/runPanel.ts";
import { visibleText } from "../../core/visible.ts";
import type { PageActions } from "./actions.ts";
import { formatDuration } from "../parts/format.ts";
import { Icon, type IconName } from "../parts/Icon.tsx";
import { pageLocale } from "../parts/pageLocale.ts";
import type { RunView } from "./state.ts";
import { Verdict } from "./Verdict.tsx";
import { WireText } from "../parts/WireText.tsx";

/** The tests of all endpoints: a row each, those with failures first as the host sends them. */
export function AllTestsRun({
  run,
  actions,
}: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element {
  const { tests } = run.snapshot;
  if (tests?.length === 0) {
    return <p class="quiet-text">{l10n.t("No endpoint is configured yet.")}</p>;
  }
  return (
    <>
      <Verdict run={run.snapshot} />
      <table class="tests">
        <caption class="sr-only">{l10n.t("Tests of all endpoints")}</caption>
        <thead>
          <tr>
            <th scope="col">{l10n.t("Endpoint")}</th>
            <th scope="col">{l10n.t("Verdict")}</th>
            <th scope="col">{l10n.t("What is wrong, or latency")}</th>
            <th scope="col" class="spare">
              {l10n.t("Model")}
            </th>
            <th scope="col" class="spare figure">
              {l10n.t("Duration")}
            </th>
          </tr>
        </thead>
        <tbody>
          {(tests ?? []).map((row) => (
            <TestRow key={row.endpointId} row={row} onOpen={actions.showReport} />
          ))}
        </tbody>
      </table>
    </>
  );
}

interface TestRowProps {
  readonly row: TestRowView;
  readonly onOpen: (endpointId: string) => void;
}

function TestRow({ row, onOpen }: TestRowProps): JSX.Element {
  const { endpointId, name, state, text, model, durationMs } = row;
  return (
    <tr class={`tested tested-${state}`}>
      <th scope="row">
        {durationMs === undefined ? (
          <WireText text={name} />
        ) : (
          <button
            type="button"
            class="link"
            title={l10n.t("Open the report")}
            onClick={() => onOpen(endpointId)}
          >
            <WireText text={name} />
          </button>
        )}
      </th>
      <td>
        <span class="tested-verdict">
          <Icon name={stateIcons[state]} />
          {stateLabel(state)}
        </span>
      </td>
      <td>{visibleText(text)}</td>
      <td class="spare tested-model">
        <WireText text={model} />
      </td>
      <td class="spare figure">{durationMs === undefined ? "" : formatDuration(durationMs, pageLocale())}</td>
    </tr>
  );
}

const stateIcons: Readonly<Record<TestRowView["state"], IconName>> = {
  waiting: "not-reached",
  running: "running",
  healthy: "passed",
  warnings: "warning",
  failed: "failed",
  cancelled: "skipped",
};

function stateLabel(state: TestRowView["state"]): string {
  const labels: Readonly<Record<TestRowView["state"], string>> = {
    waiting: l10n.t("Waiting"),
    running: l10n.t("Testing"),
    healthy: l10n.t("Healthy"),
    warnings: l10n.t("Warnings"),
    failed: l10n.t("Failed"),
    cancelled: l10n.t("Cancelled"),
  };
  return labels[state];
}
