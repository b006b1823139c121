/** Which prompt to send a selection with: a template of the settings, a built-in one, or one that is written now. */

import * as vscode from "vscode";

import { builtInTemplates } from "../../core/prompts/builtInTemplates.ts";
import { type PromptTemplate, type ReadTemplates, readTemplates } from "../../core/prompts/promptTemplate.ts";
import { suitsWholeFile } from "../../core/prompts/templateMessages.ts";
import { Notice } from "../notice.ts";

/** Undefined when the person cancels or goes to edit the templates instead. `whole`: nothing is selected. */
export async function chooseTemplate(
  about: "selection" | "whole",
): Promise<PromptTemplate | "write" | undefined> {
  const picked = await vscode.window.showQuickPick(items(about), {
    title: vscode.l10n.t("Ask About Selection"),
    placeHolder:
      about === "selection"
        ? vscode.l10n.t("What to ask about the selected text")
        : vscode.l10n.t("Nothing is selected: what to ask about the whole file"),
    matchOnDetail: true,
    matchOnDescription: true,
  });
  if (picked?.does === "edit") {
    const revealSetting = { key: "qwen.promptTemplates", edit: true };
    await vscode.commands.executeCommand("workbench.action.openSettingsJson", { revealSetting });
    return undefined;
  }
  return picked?.does;
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
  readonly does?: PromptTemplate | "write" | "edit";
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
