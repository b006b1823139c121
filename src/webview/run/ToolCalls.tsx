import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { ToolCall } from "../../core/chat/transcript.ts";
import { visibleText } from "../../core/visible.ts";
import { GrowingText } from "../markdown/growingText.ts";
import type { PageActions } from "./actions.ts";
import { CopyText } from "./CopyText.tsx";
import type { RunView } from "./state.ts";
import { shownArguments, type ShownArguments } from "./toolArguments.ts";
import { WireText } from "../parts/WireText.tsx";

/** What the model wants called, apart from what it says. */
export function ToolCalls({
  run,
  actions,
}: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element | null {
  const { toolCalls = [], end } = run.snapshot;
  if (toolCalls.length === 0) {
    return null;
  }
  return (
    <section class="tool-calls">
      <h2>{toolCalls.length === 1 ? l10n.t("Tool call") : l10n.t("{0} tool calls", toolCalls.length)}</h2>
      <ol>
        {toolCalls.map((call, index) => (
          <li key={index}>
            <Call call={call} progress={end === undefined ? "running" : "ended"} actions={actions} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Call({
  call,
  progress,
  actions,
}: {
  readonly call: ToolCall;
  readonly progress: "running" | "ended";
  readonly actions: PageActions;
}): JSX.Element {
  const shown = useMemo(() => shownArguments(call.argumentsText), [call.argumentsText]);
  const trouble = progress === "ended" ? troubleOf(shown.state) : undefined;
  return (
    <div class="tool-call">
      <div class="tool-call-bar">
        <WireText text={call.name === "" ? l10n.t("(no name)") : call.name} class="tool-call-name" />
        {call.id !== undefined && <WireText text={call.id} class="tool-call-id" />}
        {trouble !== undefined && <span class="tool-call-trouble">{trouble}</span>}
        <CopyText label={l10n.t("Copy")} text={call.argumentsText} onCopy={actions.copyCode} />
      </div>
      {shown.state === "empty" ? (
        <p class="quiet-text">{progress === "ended" ? l10n.t("No arguments") : "…"}</p>
      ) : (
        <Arguments shown={shown} name={call.name} />
      )}
    </div>
  );
}

function Arguments({ shown, name }: { readonly shown: ShownArguments; readonly name: string }): JSX.Element {
  const container = useRef<HTMLPreElement>(null);
  const growing = useRef<GrowingText>(null);
  useLayoutEffect(() => {
    if (container.current !== null) {
      growing.current ??= new GrowingText(container.current);
      growing.current.show(visibleText(shown.text));
    }
  }, [shown.text]);
  return (
    <pre
      ref={container}
      class="tool-call-arguments"
      dir="ltr"
      tabIndex={0}
      role="group"
      aria-label={l10n.t("Arguments of {0}", name)}
    />
  );
}

function troubleOf(state: ShownArguments["state"]): string | undefined {
  if (state === "not-json") {
    return l10n.t("Not valid JSON");
  }
  return state === "not-an-object" ? l10n.t("Not a JSON object") : undefined;
}
