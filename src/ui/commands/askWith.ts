/** Ask About Selection With… : the selected text, with a template or a prompt that is written now. */

import * as v from "valibot";
import * as vscode from "vscode";

import type { PromptTemplate } from "../../core/prompts/promptTemplate.ts";
import { suitsWholeFile, templateMessages } from "../../core/prompts/templateMessages.ts";
import { userMessage } from "../../core/chat/wireMessage.ts";
import type { ChatAsked } from "../runs/chatCourse.ts";
import { Notice } from "../notice.ts";
import { chooseTemplate, namedTemplate } from "./chooseTemplate.ts";
import {
  hasSelection,
  promptWith,
  type Selected,
  selectedText,
  templateValues,
  wholeText,
} from "./selection.ts";

/** A chat but for its endpoint; `endpoint` is the template's own choice. */
export type AskedWith = Pick<ChatAsked, "messages" | "model" | "extra" | "origin"> & {
  readonly endpoint?: string;
};

/** Undefined when the person cancels. A program gives the prompt, or `{ template: "name" }`. */
export async function readAsked(given: unknown): Promise<AskedWith | undefined> {
  if (typeof given === "string") {
    return given.trim() === "" ? undefined : withPrompt(given);
  }
  if (given !== undefined && given !== null) {
    return withTemplate(namedTemplate(templateName(given)));
  }
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return withPrompt("");
  }
  const chosen = await chooseTemplate(hasSelection(editor) ? "selection" : "whole");
  if (chosen === undefined) {
    return undefined;
  }
  if (chosen !== "write" && !("typed" in chosen)) {
    return withTemplate(chosen);
  }
  const written = chosen === "write" ? await askInstruction() : chosen.typed;
  return written === undefined || written.trim() === ""
    ? undefined
    : withPrompt(written, selectedOrWhole(editor));
}

function withPrompt(prompt: string, selected = selectedText()): AskedWith {
  const messages = [userMessage(promptWith(prompt, selected))];
  return { messages, model: undefined, extra: {}, origin: selected.origin };
}

function withTemplate(template: PromptTemplate): AskedWith {
  const selected = selectedFor(template);
  const { endpoint, model, extra } = template;
  return {
    messages: templateMessages(template, templateValues(selected)),
    ...{ model, extra, origin: selected.origin },
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

function selectedFor(template: PromptTemplate): Selected {
  const editor = vscode.window.activeTextEditor;
  return editor !== undefined && suitsWholeFile(template) ? selectedOrWhole(editor) : selectedText();
}

function selectedOrWhole(editor: vscode.TextEditor): Selected {
  return hasSelection(editor) ? selectedText() : wholeText(editor);
}

function templateName(given: unknown): string {
  const parsed = v.safeParse(v.object({ template: v.string() }), given);
  if (parsed.success) {
    return parsed.output.template;
  }
  throw new Notice(
    vscode.l10n.t(
      "qwen.askAboutSelectionWith takes the prompt as text, or {0} to name one of qwen.promptTemplates.",
      '{ "template": "name" }',
    ),
  );
}

function askInstruction(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Ask About Selection"),
    prompt: vscode.l10n.t("What to ask about the selected text"),
    placeHolder: vscode.l10n.t("Explain this, translate it, find the mistake …"),
    ignoreFocusOut: true,
  });
}
