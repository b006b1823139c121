import { t } from "@vscode/l10n";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ActionButton } from "./ActionButton.tsx";
import type { PageActions } from "./actions.ts";
import { ChatRun } from "./ChatRun.tsx";
import { EmbeddingRun } from "./EmbeddingRun.tsx";
import { type EndFollower, followEnd } from "./followEnd.ts";
import { Header } from "./Header.tsx";
import { pageLocale } from "./pageLocale.ts";
import { announcementOf, isRunning } from "./phase.ts";
import type { RunView } from "./state.ts";
import { TestRun } from "./TestRun.tsx";

/** One run, of whatever kind. To be keyed by its generation. */
export function RunPage({ run, actions }: { readonly run: RunView; readonly actions: PageActions }): JSX.Element {
  const content = useRef<HTMLDivElement>(null);
  const follower = useRef<EndFollower>(null);
  const [place, setPlace] = useState<"at-end" | "away">("at-end");
  const runState = isRunning(run.snapshot) ? "running" : "ended";
  useEffect(() => {
    if (content.current === null) {
      return undefined;
    }
    follower.current = followEnd(content.current, setPlace);
    return follower.current.close;
  }, []);
  useEffect(() => follower.current?.setRun(runState), [runState]);
  return (
    <>
      <Header run={run} actions={actions} />
      <div class={`column content content-${run.snapshot.head.kind}`} ref={content}>
        <Content run={run} actions={actions} />
      </div>
      {runState === "running" && place === "away" && (
        <div class="jump">
          <ActionButton
            label={t("Follow")}
            icon="down"
            look="secondary"
            state={undefined}
            availability="free"
            onPress={() => follower.current?.jump()}
          />
        </div>
      )}
      <p class="sr-only" role="status">
        {announcementOf(run.snapshot, pageLocale())}
      </p>
    </>
  );
}

function Content({ run, actions }: { readonly run: RunView; readonly actions: PageActions }): JSX.Element {
  switch (run.snapshot.head.kind) {
    case "chat":
      return <ChatRun run={run} actions={actions} />;
    case "embedding":
      return <EmbeddingRun run={run} actions={actions} />;
    case "test":
      return <TestRun run={run} actions={actions} />;
  }
}
