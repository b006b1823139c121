/** Changes an endpoint's settings entry, tests it anew, and offers to take the change back. */

import * as vscode from "vscode";

import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import { notify } from "../notify.ts";
import { editEntry, rawEntry, type RawEntry } from "../settings/endpointSettings.ts";
import type { FixDependencies } from "./fixDependencies.ts";

/** `undoMore` takes back what was changed besides the settings. */
export async function changeEndpoint(
  { id, name, scope }: Endpoint,
  fieldsOf: (entry: RawEntry) => RawEntry,
  { refresh, inBackground }: FixDependencies,
  undoMore: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const entry = rawEntry(scope, id);
  const fields = fieldsOf(entry);
  // As it stood in the file: a field that was not there is removed again.
  const before = Object.fromEntries(Object.keys(fields).map((field) => [field, entry[field]]));
  await editEntry(scope, id, fields);
  const test = (): void => {
    refresh(id);
    inBackground(Promise.resolve(vscode.commands.executeCommand("qwen.testEndpoint", { endpointId: id })));
  };
  test();
  const undo = async (): Promise<void> => {
    await editEntry(scope, id, before);
    await undoMore();
    test();
  };
  offerUndo(vscode.l10n.t("Changed {0}: {1}", name, JSON.stringify(fields)), undo, inBackground);
}

/** The message that tells of a change, with the way back. */
function offerUndo(
  text: string,
  undo: () => Promise<void>,
  inBackground: FixDependencies["inBackground"],
): void {
  const label = vscode.l10n.t("Undo");
  const answer = Promise.resolve(notify("information", text, { buttons: [label] }));
  inBackground(answer.then((picked) => (picked === label ? undo() : undefined)));
}
