import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { Answer } from "./Answer.tsx";
import type { PageActions } from "./actions.ts";
import { EarlierMessages } from "./composer/EarlierMessages.tsx";
import { Findings } from "./Findings.tsx";
import { Input } from "./Input.tsx";
import { lazily } from "../parts/lazily.tsx";
import { Metrics } from "./Metrics.tsx";
import { phaseOf } from "./phase.ts";
import { Reasoning } from "./Reasoning.tsx";
import type { RunView } from "./state.ts";
import { ToolCalls } from "./ToolCalls.tsx";
import { WireView } from "./wire/WireView.tsx";

const FollowUp = lazily(() => import("./composer/FollowUp.tsx").then((module) => module.FollowUp));

/** A question and its answer, in the order in which they come. */
export function ChatRun({
  run,
  actions,
}: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element {
  const { snapshot } = run;
  return (
    <>
      <EarlierMessages run={run} actions={actions} />
      <Input title={l10n.t("Prompt")} text={snapshot.head.input} />
      <Reply run={run} actions={actions} />
      <ToolCalls run={run} actions={actions} />
      <Findings run={run} actions={actions} />
      {snapshot.end !== undefined && <Metrics end={snapshot.end} />}
      <WireView run={run} actions={actions} />
      {snapshot.end !== undefined && <FollowUp run={run} actions={actions} />}
    </>
  );
}

/** Reasoning and answer, or why there is none. */
export function Reply({
  run,
  actions,
}: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element | null {
  const { snapshot } = run;
  const phase = phaseOf(snapshot);
  const calls = snapshot.toolCalls?.length ?? 0;
  if (
    (phase === "failed" || (calls > 0 && phase !== "stopped")) &&
    snapshot.answer + snapshot.reasoning === ""
  ) {
    return null;
  }
  return (
    <section class="reply">
      <h2>{l10n.t("Answer")}</h2>
      <Reasoning run={run} />
      {phase === "waiting" && <p class="quiet-text">{l10n.t("Waiting for the first token…")}</p>}
      {snapshot.answer !== "" && (
        <Answer
          key={`${run.generation}.${run.relabelled}`}
          text={snapshot.answer}
          state={snapshot.end === undefined ? "streaming" : "ended"}
          actions={actions}
        />
      )}
      {snapshot.answer === "" && calls === 0 && phase === "finished" && (
        <p class="quiet-text">{l10n.t("The model sent no text.")}</p>
      )}
      {phase === "stopped" && (
        <p class="quiet-text">{l10n.t("Stopped. The rest was not requested any more.")}</p>
      )}
    </section>
  );
}
