/** Clear API Key: only the secret storage can be cleared; what is read elsewhere is removed there. */

import * as vscode from "vscode";

import type { Endpoint } from "../../../core/endpoint/endpoint.ts";
import { Notice } from "../../notice.ts";
import { notify } from "../../notify.ts";
import type { KeyDependencies } from "./keyDependencies.ts";

/** `sure`: whoever asked has decided already. */
export async function clearKey(
  endpoint: Endpoint,
  answer: "ask" | "sure",
  { keys, refresh }: KeyDependencies,
): Promise<{ readonly cleared: string } | undefined> {
  if (answer === "ask" && !(await isSure(endpoint))) {
    return undefined;
  }
  await keys.clear(endpoint);
  refresh(endpoint.id);
  return { cleared: endpoint.id };
}

async function isSure({ name, key }: Endpoint): Promise<boolean> {
  if (key.from !== "secret") {
    throw new Notice(
      vscode.l10n.t('{0} reads its key from "{1}"; there is nothing to clear.', name, key.from),
    );
  }
  const clear = vscode.l10n.t("Clear");
  const text = vscode.l10n.t("Remove the key of {0} from the secret storage?", name);
  return (await notify("warning", text, { modal: true, buttons: [clear] })) === clear;
}
