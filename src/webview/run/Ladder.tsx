import type { JSX } from "preact";
import type { RungView } from "../../shared/runPanel.ts";
import { rungStatusLabel } from "../../core/diagnosis/rungStatusLabel.ts";
import { visibleText } from "../../core/visible.ts";
import { EvidenceLines } from "./Evidence.tsx";
import { formatDuration } from "./format.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { pageLocale } from "./pageLocale.ts";

/** The rungs in the order they are climbed; one with evidence unfolds. */
export function Ladder({ rungs }: { readonly rungs: readonly RungView[] }): JSX.Element {
  return (
    <ol class="ladder">
      {rungs.map((rung) => (
        <li key={rung.id} class={`rung rung-${rung.status}`}>
          {rung.evidence.length === 0 ? (
            <div class="rung-row">
              <RungRow rung={rung} />
            </div>
          ) : (
            <details>
              <summary class="rung-row">
                <RungRow rung={rung} />
              </summary>
              <EvidenceLines lines={rung.evidence} />
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}

type RungStatus = RungView["status"];

const statusIcons: Readonly<Record<RungStatus, IconName>> = {
  running: "running",
  passed: "passed",
  warned: "warning",
  failed: "failed",
  skipped: "skipped",
  "not-reached": "not-reached",
};

function RungRow({ rung }: { readonly rung: RungView }): JSX.Element {
  const hasRun = rung.status === "passed" || rung.status === "warned" || rung.status === "failed";
  return (
    <>
      <Icon name={statusIcons[rung.status]} />
      <span class="rung-label">{visibleText(rung.label)}</span>
      <span class={rung.status === "passed" ? "sr-only" : "rung-status"}>{rungStatusLabel(rung.status)}</span>
      {hasRun && <span class="rung-duration">{formatDuration(rung.durationMs, pageLocale())}</span>}
    </>
  );
}
