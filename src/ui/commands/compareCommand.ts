/** Compare Models… : which, and what to ask them. */

import * as vscode from "vscode";

import { fewestCompared, mostCompared, readTargets } from "../../core/chat/compareTargets.ts";
import { readSelection } from "../../core/chat/readSelection.ts";
import { userMessage } from "../../core/chat/wireMessage.ts";
import type { EndpointStore } from "../../core/endpoint/endpointStore.ts";
import type { RunRecord } from "../../shared/runRecord.ts";
import { Notice } from "../notice.ts";
import { pickEndpoint } from "../pickEndpoint.ts";
import { compareRun, type ComparedRequest, type ComparedTarget } from "../runs/compareRun.ts";
import type { RunDependencies } from "../runs/runDependencies.ts";
import { askedBy } from "./askedBy.ts";
import { pickCompared } from "./pickCompared.ts";

/** Undefined when the person cancels. */
export async function compareFromCommand(
  targets: unknown,
  prompt: unknown,
  store: EndpointStore,
  dependencies: RunDependencies,
): Promise<readonly RunRecord[] | undefined> {
  // The editor's menu passes its document.
  const named = targets instanceof vscode.Uri ? undefined : (targets ?? undefined);
  const compared = named === undefined ? await pickCompared(store) : await namedTargets(named, store);
  const asked =
    compared === undefined ? undefined : await askedWith(named === undefined ? undefined : prompt);
  return compared === undefined || asked === undefined
    ? undefined
    : compareRun(compared, { ...asked, askedBy: askedBy(named) }, dependencies);
}

async function namedTargets(given: unknown, store: EndpointStore): Promise<readonly ComparedTarget[]> {
  const named = readTargets(given);
  if (named === undefined) {
    throw new Notice(
      vscode.l10n.t(
        "qwen.compareModels takes a list of {0} to {1} endpoints, each an id, an object with baseUrl, or an object with endpoint and model.",
        fewestCompared,
        mostCompared,
      ),
    );
  }
  const picked = await Promise.all(
    named.map(async ({ endpoint, model }) => ({ endpoint: await pickEndpoint(store, endpoint), model })),
  );
  return picked.flatMap(({ endpoint, model }) => (endpoint === undefined ? [] : [{ endpoint, model }]));
}

type Asked = Pick<ComparedRequest, "messages" | "extra">;

/** The text given, else the selection, which may be a whole request, else what the person types. */
async function askedWith(prompt: unknown): Promise<Asked | undefined> {
  if (prompt !== undefined && prompt !== null) {
    if (typeof prompt !== "string" || prompt.trim() === "") {
      throw new Notice(vscode.l10n.t("The prompt of qwen.compareModels is a text that is not empty."));
    }
    return question(prompt);
  }
  const editor = vscode.window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection) ?? "";
  if (selected.trim() !== "") {
    const read = readSelection(selected);
    return read.kind === "request" ? { messages: read.messages, extra: read.extra } : question(selected);
  }
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t("Compare Models"),
    prompt: vscode.l10n.t("What to ask all of them"),
    ignoreFocusOut: true,
  });
  return typed === undefined || typed.trim() === "" ? undefined : question(typed);
}

function question(text: string): Asked {
  return { messages: [userMessage(text)], extra: {} };
}
