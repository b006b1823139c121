import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { type AnswerView, createAnswerView } from "../markdown/answerView.ts";
import type { PageActions } from "./actions.ts";

interface AnswerProps {
  readonly text: string;
  readonly state: "streaming" | "ended";
  readonly actions: PageActions;
}

/** Milliseconds for which a button says what it has done. */
const confirmationMs = 2_000;

/** The answer as Markdown. To be keyed by the run's generation: it only ever grows. */
export function Answer({ text, state, actions }: AnswerProps): JSX.Element {
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
  const clicked = (event: MouseEvent): void => handleClick(event, actions);
  return <div class="answer" ref={container} onClick={clicked} onAuxClick={clicked} />;
}

/**
 * No link is ever followed by the page. VS Code listens on the document for clicks on links and would open them too, hence
 * `stopPropagation`.
 */
function handleClick(event: MouseEvent, actions: PageActions): void {
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
  const button = target?.closest<HTMLButtonElement>("button[data-copy]");
  if (button != null && event.button === 0) {
    void copyCode(button, actions);
  }
}

async function copyCode(button: HTMLButtonElement, actions: PageActions): Promise<void> {
  const code = button.closest(".code")?.querySelector("code")?.textContent ?? "";
  const outcome = await actions.copyCode(code).then(
    () => l10n.t("Copied"),
    () => l10n.t("Not copied"),
  );
  button.textContent = outcome;
  setTimeout(() => {
    button.textContent = l10n.t("Copy");
  }, confirmationMs);
}
