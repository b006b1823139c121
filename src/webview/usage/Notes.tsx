import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { visibleText } from "../../core/visible.ts";
import type { UsageReport } from "../../core/usage/usageReport.ts";
import type { UsageView } from "../../shared/usagePanel.ts";
import { formatNumber } from "../parts/format.ts";
import { Icon } from "../parts/Icon.tsx";
import { pageLocale } from "../parts/pageLocale.ts";

interface NotesProps {
  readonly view: UsageView;
  readonly report: UsageReport;
  readonly onSetting: (setting: "audit.enabled" | "prices") => void;
}

/** What the figures leave out, so that none of them says more than it knows. */
export function Notes({ view, report, onSetting }: NotesProps): JSX.Element | null {
  const locale = pageLocale();
  const notes = notesOf(view, report, locale);
  return (
    <>
      {(view.log === "off" || view.priceProblems.length > 0) && (
        <ul class="notes notes-warning">
          {view.log === "off" && (
            <li>
              <Icon name="warning" />
              <span>
                {l10n.t("The audit log is off: new requests are not counted.")}{" "}
                <SettingLink label={l10n.t("Open its setting")} onOpen={() => onSetting("audit.enabled")} />
              </span>
            </li>
          )}
          {view.priceProblems.slice(0, mostProblems).map((problem) => (
            <li key={problem}>
              <Icon name="warning" />
              <span>
                {visibleText(problem)}{" "}
                <SettingLink label={l10n.t("Open prices")} onOpen={() => onSetting("prices")} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <ul class="notes">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        {view.prices === "none" && (
          <li>
            <SettingLink label={l10n.t("Set prices to see the cost")} onOpen={() => onSetting("prices")} />
          </li>
        )}
      </ul>
    </>
  );
}

/** Beyond it, they are all of a kind. */
const mostProblems = 5;

function SettingLink({
  label,
  onOpen,
}: {
  readonly label: string;
  readonly onOpen: () => void;
}): JSX.Element {
  return (
    <button type="button" class="link" onClick={onOpen}>
      {label}
    </button>
  );
}

function notesOf(view: UsageView, report: UsageReport, locale: string): readonly string[] {
  const { unpriced, uncounted } = report.total;
  const count = (value: number): string => formatNumber(value, locale);
  return [
    ...(view.prices === "some" && unpriced > 0
      ? [l10n.t("Requests without a price, not in the cost: {0}", count(unpriced))]
      : []),
    ...(uncounted > 0 ? [l10n.t("Requests without token counts: {0}", count(uncounted))] : []),
    ...(report.leftOut > 0 ? [l10n.t("Status checks left out: {0}", count(report.leftOut))] : []),
    ...(report.unreadLines > 0
      ? [l10n.t("Lines of the log that could not be read: {0}", count(report.unreadLines))]
      : []),
  ];
}
