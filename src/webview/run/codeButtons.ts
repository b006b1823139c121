import * as l10n from "@vscode/l10n";
import type { RunPanelContract } from "../../shared/runPanel.ts";
import type { PageActions } from "./actions.ts";

type Into = RunPanelContract["requests"]["answer/put"]["params"]["into"];

/** Milliseconds for which a button says what it has done. */
const confirmationMs = 2_000;

/** Does what a button of a code block says (`data-copy`, `data-put`), and says on the button what has come of it. */
export function pressCodeButton(button: HTMLButtonElement, runId: string, actions: PageActions): void {
  const block = button.closest(".code");
  const into = button.dataset["put"];
  if (block === null || button.getAttribute("aria-disabled") === "true") {
    return;
  }
  const text = block.querySelector("code")?.textContent ?? "";
  if (button.dataset["copy"] !== undefined) {
    void tell(button, actions.copyCode(text), l10n.t("Copied"), l10n.t("Not copied"));
  } else if (into === "cursor" || into === "document") {
    const language = block.getAttribute("data-language") ?? "";
    const asked = actions.ask("answer/put", { runId, text, language, into });
    void tell(button, asked, doneLabel(into), l10n.t("Refused"));
  }
}

function doneLabel(into: Exclude<Into, "selection">): string {
  return into === "cursor" ? l10n.t("Inserted") : l10n.t("Opened");
}

/** Why it was refused stands below the bar, for the label has no room for it. */
async function tell(
  button: HTMLButtonElement,
  asked: Promise<unknown>,
  done: string,
  refused: string,
): Promise<void> {
  const label = button.textContent;
  const block = button.closest(".code");
  block?.querySelector(".refusal")?.remove();
  button.setAttribute("aria-disabled", "true");
  button.textContent = await asked.then(
    () => done,
    (error: unknown) => {
      block?.querySelector(".code-bar")?.after(refusal(error));
      return refused;
    },
  );
  setTimeout(() => {
    button.textContent = label;
    button.removeAttribute("aria-disabled");
  }, confirmationMs);
}

function refusal(error: unknown): HTMLElement {
  const element = document.createElement("p");
  element.className = "refusal";
  element.setAttribute("role", "alert");
  element.textContent = error instanceof Error ? error.message : String(error);
  return element;
}
