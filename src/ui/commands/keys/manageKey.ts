/** Manage API Key: what is known of an endpoint's key, and everything that can be done with it. */

import * as vscode from "vscode";

import type { AskedBy } from "../../../core/audit/auditEntry.ts";
import type { Endpoint } from "../../../core/endpoint/endpoint.ts";
import type { KeyStatus } from "../../../core/keys/keyStatus.ts";
import { explainKey, keyLine } from "../../../core/keys/keyWords.ts";
import { formatDate } from "../../formatDate.ts";
import { keyActions } from "./keyActions.ts";
import type { KeyDependencies } from "./keyDependencies.ts";
import { readStatus } from "./readStatus.ts";

type Managed = KeyStatus & { readonly endpointId: string };

/** A program is given the status at once, while the person still looks; a person's own call resolves with it as it is afterwards. */
export async function manageKey(
  endpoint: Endpoint,
  askedBy: AskedBy,
  dependencies: KeyDependencies,
): Promise<Managed> {
  const status = await readStatus(endpoint, dependencies);
  const asking = ask(endpoint, status, askedBy, dependencies);
  if (askedBy === "program") {
    dependencies.inBackground(asking);
    return { endpointId: endpoint.id, ...status };
  }
  await asking;
  const now = dependencies.store.endpoint(endpoint.id) ?? endpoint;
  return { endpointId: endpoint.id, ...(await readStatus(now, dependencies)) };
}

async function ask(
  endpoint: Endpoint,
  status: KeyStatus,
  askedBy: AskedBy,
  dependencies: KeyDependencies,
): Promise<void> {
  const title = `${endpoint.name}: ${keyLine(status, formatDate)}`;
  const [placeHolder = ""] = explainKey(status);
  const actions = keyActions(endpoint, status, askedBy, dependencies);
  const picked = await vscode.window.showQuickPick([...actions], { title, placeHolder });
  await picked?.run();
}
