import type { UsageSort } from "../../core/usage/sortGroups.ts";
import type { UsageGrouping } from "../../core/usage/usageReport.ts";
import type { PageEnd } from "../../shared/link.ts";
import type { UsagePanelContract, UsageRange } from "../../shared/usagePanel.ts";
import type { Action, Choice } from "./state.ts";

/** What a person can do on the page. */
export interface PageActions {
  readonly read: (range: UsageRange) => void;
  readonly stop: () => void;
  readonly group: (grouping: UsageGrouping) => void;
  readonly sort: (sort: UsageSort) => void;
  readonly chooseChecks: (backgroundChecks: Choice["backgroundChecks"]) => void;
  readonly exportTable: () => void;
  readonly exportLines: () => void;
  readonly openSetting: (setting: "audit.enabled" | "prices") => void;
}

/** Milliseconds for which an export says that it is written. */
const confirmationMs = 2_000;

export function createActions(
  host: PageEnd<UsagePanelContract>,
  choice: () => Choice,
  dispatch: (action: Action) => void,
): PageActions {
  const ask = (name: string, request: Promise<unknown>): void => {
    const tell = (state: Extract<Action, { kind: "asked" }>["state"]): void =>
      dispatch({ kind: "asked", name, state });
    tell({ kind: "waiting" });
    request.then(
      (end) => {
        tell(end === "written" ? { kind: "done" } : undefined);
        if (end === "written") setTimeout(() => tell(undefined), confirmationMs);
      },
      (error: unknown) =>
        tell({ kind: "refused", reason: error instanceof Error ? error.message : String(error) }),
    );
  };
  return {
    read: (range) => ask("read", host.ask("usage/read", { range })),
    stop: () => ask("stop", host.ask("usage/stop", null)),
    group: (grouping) => dispatch({ kind: "grouped", grouping }),
    sort: (sort) => dispatch({ kind: "sorted", sort }),
    chooseChecks: (backgroundChecks) => dispatch({ kind: "checks", backgroundChecks }),
    exportTable: () => ask("export", host.ask("usage/exportTable", choice())),
    exportLines: () => ask("export", host.ask("usage/exportLines", null)),
    openSetting: (setting) => ask("setting", host.ask("settings/open", { setting })),
  };
}
