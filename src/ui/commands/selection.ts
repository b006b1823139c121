/** The selected text of the active editor, and what can be said of its file. */

import * as vscode from "vscode";

import { fenced } from "../../core/prompts/fenced.ts";
import type { TemplateValues } from "../../core/prompts/fillTemplate.ts";
import { problemLines, type FileProblem } from "../../core/prompts/problemLines.ts";
import type { TextOrigin } from "../editor/textOrigin.ts";
import { Notice } from "../notice.ts";

export interface Selected {
  readonly text: string;
  readonly languageId: string;
  readonly origin: TextOrigin;
}

export function selectedText(): Selected {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !hasSelection(editor)) {
    throw new Notice(vscode.l10n.t("Select some text in an editor first."));
  }
  return taken(editor.document, editor.selection);
}

export function hasSelection({ document, selection }: vscode.TextEditor): boolean {
  return document.getText(selection).trim() !== "";
}

/** All of a file, for prompts that can do without a selection. */
export function wholeText({ document }: vscode.TextEditor): Selected {
  const end = document.lineAt(document.lineCount - 1).range.end;
  return taken(document, new vscode.Range(new vscode.Position(0, 0), end));
}

/** The instruction, then the selection as a code block. */
export function promptWith(instruction: string, { text, languageId }: Selected): string {
  return `${instruction}\n\n${fenced(text, languageId)}`;
}

export function templateValues({ text, languageId, origin }: Selected): TemplateValues {
  return { selection: text, languageId, file: fileName(origin.uri), diagnostics: problemsIn(origin) };
}

function taken(document: vscode.TextDocument, range: vscode.Range): Selected {
  const text = document.getText(range);
  return { text, languageId: document.languageId, origin: { uri: document.uri, range, text } };
}

/** Relative to the workspace; outside of it the name alone, as folders of this machine are nobody's business. */
function fileName(uri: vscode.Uri): string {
  return vscode.workspace.getWorkspaceFolder(uri) === undefined
    ? (uri.path.split("/").at(-1) ?? "")
    : vscode.workspace.asRelativePath(uri);
}

function problemsIn({ uri, range }: TextOrigin): string {
  const touching = vscode.languages.getDiagnostics(uri).filter((each) => touches(each.range, range));
  return problemLines(touching.map(problemOf));
}

/** A selection that ends where a problem begins does not touch it. */
function touches(problem: vscode.Range, selected: vscode.Range): boolean {
  const shared = problem.intersection(selected);
  return shared !== undefined && (!shared.isEmpty || problem.isEmpty);
}

const severities = {
  [vscode.DiagnosticSeverity.Error]: "error",
  [vscode.DiagnosticSeverity.Warning]: "warning",
  [vscode.DiagnosticSeverity.Information]: "information",
  [vscode.DiagnosticSeverity.Hint]: "hint",
} as const;

function problemOf({ range, severity, message, source, code }: vscode.Diagnostic): FileProblem {
  const named = typeof code === "object" ? code.value : code;
  return {
    line: range.start.line + 1,
    column: range.start.character + 1,
    severity: severities[severity],
    message,
    ...(source === undefined ? {} : { source }),
    ...(named === undefined ? {} : { code: String(named) }),
  };
}
