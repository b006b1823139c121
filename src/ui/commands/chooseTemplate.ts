/** Which prompt to send a selection with: a template of the settings, a built-in one, or one that is written now. */

import * as vscode from "vscode";

import { builtInTemplates } from "../../core/prompts/builtInTemplates.ts";
import { type PromptTemplate, type ReadTemplates, readTemplates } from "../../core/prompts/promptTemplate.ts";
import { suitsWholeFile } from "../../core/prompts/templateMessages.ts";
import { Notice } from "../notice.ts";

/** A template, a prompt that was typed into the list, or the wish to write one in a box of its own. */
export type ChosenPrompt = PromptTemplate | { readonly typed: string } | "write";

/** Undefined when the person cancels or goes to edit the templates instead. `whole`: nothing is selected. */
export async function chooseTemplate(about: "selection" | "whole"): Promise<ChosenPrompt | undefined> {
  const picked = await pickOrType(about);
  if (picked === "edit") {
    const revealSetting = { key: "qwen.promptTemplates", edit: true };
    await vscode.commands.executeCommand("workbench.action.openSettingsJson", { revealSetting });
    return undefined;
  }
  return picked;
}

/** What is typed filters the templates, and is a prompt itself: the last row, so the first one where no template fits. */
function pickOrType(about: "selection" | "whole"): Promise<TemplateItem["does"]> {
  const list = vscode.window.createQuickPick<TemplateItem>();
  const rows = items(about);
  list.title = vscode.l10n.t("Ask About Selection");
  list.placeholder =
    about === "selection"
      ? vscode.l10n.t("Choose or write what to ask about the selected text")
      : vscode.l10n.t("Nothing is selected: choose or write what to ask about the whole file");
  list.matchOnDetail = true;
  list.matchOnDescription = true;
  list.items = rows;
  list.onDidChangeValue((text) => {
    list.items =
      text.trim() === "" ? rows : [...rows.filter(({ does }) => does !== "write"), typedItem(text)];
  });
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      resolve(list.selectedItems[0]?.does);
      list.hide();
    });
    list.onDidHide(() => {
      list.dispose();
      resolve(undefined);
    });
    list.show();
  });
}

function typedItem(text: string): TemplateItem {
  return {
    label: `$(edit) ${text}`,
    description: vscode.l10n.t("Ask this"),
    alwaysShow: true,
    does: { typed: text },
  };
}

/** A template by its name in the settings, or a built-in one, by its name in English too. Otherwise a notice. */
export function namedTemplate(name: string): PromptTemplate {
  const { templates, problems } = configured();
  const problem = problems.find((each) => each.name === name || each.name === "");
  const found =
    templates.find((each) => each.name === name) ??
    (problem?.name === name
      ? undefined
      : builtInTemplates().find((each) => each.name === name || each.id === name));
  if (found !== undefined) {
    return found;
  }
  throw new Notice(
    problem?.text ??
      vscode.l10n.t(
        'There is no prompt template "{0}". There are: {1}.',
        name,
        [...templates, ...builtInTemplates()].map((each) => each.name).join(", "),
      ),
  );
}

/** In Restricted Mode the workspace's templates are not among them: the manifest names the setting as restricted. */
function configured(): ReadTemplates {
  return readTemplates(vscode.workspace.getConfiguration("qwen").get("promptTemplates"));
}

interface TemplateItem extends vscode.QuickPickItem {
  readonly does?: ChosenPrompt | "edit";
}

function items(about: "selection" | "whole"): TemplateItem[] {
  const { templates, problems } = configured();
  const suits = (template: PromptTemplate): boolean => about === "selection" || suitsWholeFile(template);
  const own = templates.filter(suits);
  const taken = new Set([...templates, ...problems].map(({ name }) => name));
  const builtIn = builtInTemplates().filter((each) => suits(each) && !taken.has(each.name));
  const write: TemplateItem = { label: vscode.l10n.t("$(edit) Write a prompt…"), does: "write" };
  return [
    ...own.map(itemOf),
    ...problems.map(({ name, text }): TemplateItem => ({
      label: `$(warning) ${name}`,
      detail: text,
      does: "edit",
    })),
    // Before the built-in ones, which fill the list: it is to be seen without scrolling.
    ...(about === "selection" ? [write] : []),
    separator(vscode.l10n.t("Built in")),
    ...builtIn.map(itemOf),
    separator(""),
    { label: vscode.l10n.t("$(gear) Edit templates…"), does: "edit" },
  ];
}

function separator(label: string): TemplateItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function itemOf(template: PromptTemplate): TemplateItem {
  const { name, prompt, endpoint, model } = template;
  return {
    label: name,
    description: [endpoint, model].filter((part) => part !== undefined).join(" · "),
    detail: prompt.slice(0, 400).replace(/\s+/g, " ").trim(),
    does: template,
  };
}
