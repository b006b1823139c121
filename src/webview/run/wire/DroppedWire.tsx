import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { wiresKept } from "../../../core/chat/runWire.ts";

/** Why there is nothing to look into any more. */
export function DroppedWire(): JSX.Element {
  return (
    <p class="quiet-text">
      {l10n.t(
        "What this run sent and received is no longer kept: the runs of this window went over {0} MB together, and the oldest make room.",
        String(wiresKept / 1024 / 1024),
      )}
    </p>
  );
}
