import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { ActionButton } from "../parts/ActionButton.tsx";
import type { PageActions } from "./actions.ts";
import { AllTestsRun } from "./AllTestsRun.tsx";
import { ChatRun } from "./ChatRun.tsx";
import { CompareRun } from "./compare/CompareRun.tsx";
import { EmbeddingRun } from "./EmbeddingRun.tsx";
import { Header } from "./Header.tsx";
import { pageLocale } from "../parts/pageLocale.ts";
import { announcementOf, isRunning } from "./phase.ts";
import { SpokenAnswer } from "./SpokenAnswer.tsx";
import type { RunView } from "./state.ts";
import { TestRun } from "./TestRun.tsx";
import { useEndFollower } from "./useEndFollower.ts";

/** One run, of whatever kind. To be keyed by its generation. */
export function RunPage({
  run,
  actions,
}: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element {
  const content = useRef<HTMLDivElement>(null);
  const runState = isRunning(run.snapshot) ? "running" : "ended";
  // Of a test the top tells most: what is wrong comes there.
  const follows = run.snapshot.head.kind === "chat" || run.snapshot.head.kind === "embedding";
  const { place, jump } = useEndFollower(content, follows ? runState : "ended");
  return (
    <>
      <Header run={run} actions={actions} />
      <div class={`column content content-${run.snapshot.head.kind}`} ref={content}>
        <Content run={run} actions={actions} />
      </div>
      {follows && runState === "running" && place === "away" && (
        <div class="jump">
          <ActionButton label={l10n.t("Follow")} icon="down" look="secondary" onPress={jump} />
        </div>
      )}
      {run.snapshot.head.kind === "chat" && <SpokenAnswer key={run.relabelled} run={run} place={place} />}
      <p class="sr-only" role="status">
        {announcementOf(run.snapshot, pageLocale())}
      </p>
    </>
  );
}

function Content({
  run,
  actions,
}: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element | null {
  switch (run.snapshot.head.kind) {
    case "chat":
      return <ChatRun run={run} actions={actions} />;
    case "compare":
      return <CompareRun run={run} actions={actions} />;
    case "embedding":
      return <EmbeddingRun run={run} actions={actions} />;
    case "test":
      return <TestRun run={run} actions={actions} />;
    case "tests":
      return <AllTestsRun run={run} actions={actions} />;
  }
}
