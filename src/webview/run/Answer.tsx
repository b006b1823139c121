import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { type AnswerView, createAnswerView } from "../markdown/answerView.ts";
import type { PageActions } from "./actions.ts";
import { AnswerActions } from "./AnswerActions.tsx";
import { pressCodeButton } from "./codeButtons.ts";

interface AnswerProps {
  readonly runId: string;
  readonly text: string;
  readonly state: "streaming" | "ended";
  readonly actions: PageActions;
}

/** The answer as Markdown, and what can be done with it when it has ended. To be keyed by the run's generation: it only ever grows. */
export function Answer({ runId, text, state, actions }: AnswerProps): JSX.Element {
  const container = useRef<HTMLDivElement>(null);
  const shown = useRef<{ readonly view: AnswerView; readonly length: number }>(null);
  useLayoutEffect(() => {
    if (container.current === null) {
      return;
    }
    const { view, length } = shown.current ?? { view: createAnswerView(container.current), length: 0 };
    view.append(text.slice(length));
    shown.current = { view, length: text.length };
    if (state === "ended") {
      void view.end();
    }
  }, [text, state]);
  const clicked = (event: MouseEvent): void => handleClick(event, runId, actions);
  return (
    <>
      <div class="answer" ref={container} onClick={clicked} onAuxClick={clicked} />
      {state === "ended" && <AnswerActions runId={runId} actions={actions} />}
    </>
  );
}

/**
 * No link is ever followed by the page. VS Code listens on the document for clicks on links and would open them too, hence
 * `stopPropagation`.
 */
function handleClick(event: MouseEvent, runId: string, actions: PageActions): void {
  const target = event.target instanceof Element ? event.target : null;
  const link = target?.closest("a");
  if (link != null) {
    event.preventDefault();
    event.stopPropagation();
    if (event.button !== 2) {
      actions.openLink(link.getAttribute("href") ?? "");
    }
    return;
  }
  const button = target?.closest("button");
  if (button != null && event.button === 0) {
    pressCodeButton(button, runId, actions);
  }
}
