import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { lazily } from "../../parts/lazily.tsx";
import type { PageActions } from "../actions.ts";
import type { RunView } from "../state.ts";

const Turns = lazily(() => import("./EarlierTurns.tsx").then(({ EarlierTurns }) => EarlierTurns));

/** Above the last question: the system prompt and the turns before it, folded. */
export function EarlierMessages({
  run,
  actions,
}: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element | null {
  const { earlierMessages = 0 } = run.snapshot.head;
  const [state, setState] = useState<"folded" | "unfolded">("folded");
  return earlierMessages === 0 ? null : (
    <details class="earlier" onToggle={(event) => event.currentTarget.open && setState("unfolded")}>
      <summary>{l10n.t("Earlier messages ({0})", earlierMessages)}</summary>
      {state === "unfolded" && <Turns run={run} actions={actions} />}
    </details>
  );
}
