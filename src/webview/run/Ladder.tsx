import type { JSX } from "preact";
import type { RungView } from "../../shared/runPanel.ts";
import { modelRequestsLabel } from "../../core/diagnosis/modelRequestsLabel.ts";
import { rungStatusLabel } from "../../core/diagnosis/rungStatusLabel.ts";
import { visibleText } from "../../core/visible.ts";
import { formatDuration } from "../parts/format.ts";
import { Icon, type IconName } from "../parts/Icon.tsx";
import { pageLocale } from "../parts/pageLocale.ts";
import { hasDetails, RungDetails } from "./RungDetails.tsx";

interface LadderProps {
  readonly rungs: readonly RungView[];
  readonly onCopy: (text: string) => Promise<void>;
}

/** The rungs in the order they are climbed; one with something to show unfolds. */
export function Ladder({ rungs, onCopy }: LadderProps): JSX.Element {
  return (
    <ol class="ladder">
      {rungs.map((rung) => (
        <li key={rung.id} class={`rung rung-${rung.status}`}>
          {hasDetails(rung) ? (
            <details class="rung-fold">
              <summary class="rung-row">
                <RungRow rung={rung} />
              </summary>
              <RungDetails rung={rung} onCopy={onCopy} />
            </details>
          ) : (
            <div class="rung-row">
              <RungRow rung={rung} />
            </div>
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
  const { status, modelRequests } = rung;
  const hasRun = status === "passed" || status === "warned" || status === "failed";
  return (
    <>
      <Icon name={statusIcons[status]} />
      <span class="rung-label">{visibleText(rung.label)}</span>
      <span class={status === "passed" ? "sr-only" : "rung-status"}>{rungStatusLabel(status)}</span>
      {modelRequests > 0 && <span class="rung-requests">{modelRequestsLabel(modelRequests)}</span>}
      {hasRun && <span class="rung-duration">{formatDuration(rung.durationMs, pageLocale())}</span>}
    </>
  );
}
