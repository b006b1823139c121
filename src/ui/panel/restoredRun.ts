/** A run of before a reload, from its file back into the list. */

import type { ChatDraft } from "../../core/chat/chatDraft.ts";
import type { FindingView, RunSnapshot } from "../../shared/runPanel.ts";
import type { HeldRun } from "./heldRuns.ts";
import type { KeptRun } from "./keptRun.ts";

/** What is done with a restored run, by who knows endpoints. */
export interface RestoredDoors {
  /** Sends a chat or a comparison anew. */
  send(draft: ChatDraft): Promise<void>;
  /** Tests the endpoint of this name and address, or all. */
  test(head: RunSnapshot["head"]): Promise<void>;
  showReport(endpointId: string): Promise<void>;
}

export function restoredRun({ snapshot, drafts, copied }: KeptRun, doors: RestoredDoors): HeldRun {
  const { head } = snapshot;
  const isTest = head.kind === "test" || head.kind === "tests";
  const restored = restoredSnapshot(snapshot, isTest || drafts !== undefined ? "repeatable" : "record");
  return {
    session: { runId: head.runId, isRunning: false, snapshot: () => restored },
    controls: {
      ...(drafts === undefined ? {} : { draft: (answer) => drafts[answer] }),
      stop: () => undefined,
      again: () => {
        if (isTest) {
          void doors.test(head);
        } else if (drafts !== undefined) {
          void doors.send(drafts.without);
        }
      },
      copyText: () => copied ?? snapshot.answer,
      applyFix: () => Promise.resolve(),
      showReport: (endpointId) => doors.showReport(endpointId),
    },
  };
}

/** Without fixes: they can not be applied any more. */
function restoredSnapshot(snapshot: RunSnapshot, restored: "repeatable" | "record"): RunSnapshot {
  const { columns, ...shown } = snapshot;
  return {
    ...shown,
    findings: shown.findings.map((finding): FindingView => ({ ...finding, fixes: [] })),
    ...(columns === undefined
      ? {}
      : { columns: columns.map((column) => restoredSnapshot(column, "record")) }),
    end: shown.end ?? { state: "stopped", by: "reload" },
    restored,
  };
}
