/** Two to four models, chosen from those that are known of all endpoints. */

import * as vscode from "vscode";

import {
  type ComparableModel,
  comparableModels,
  fewestCompared,
  mostCompared,
} from "../../core/chat/compareTargets.ts";
import type { EndpointStore } from "../../core/endpoint/endpointStore.ts";
import { visibleId } from "../../core/visible.ts";
import { Notice } from "../notice.ts";
import { pickEndpoint } from "../pickEndpoint.ts";

interface Row extends vscode.QuickPickItem {
  /** Absent for the line above an endpoint's models. */
  readonly target?: ComparableModel;
}

/** Undefined when the person cancels. */
export async function pickCompared(store: EndpointStore): Promise<readonly ComparableModel[] | undefined> {
  if (store.endpoints().length === 0) {
    // Offers to add one.
    await pickEndpoint(store, undefined);
    return undefined;
  }
  const rows = store
    .endpoints()
    .flatMap((endpoint) => rowsOf(comparableModels(endpoint, store.health(endpoint.id))));
  if (rows.filter(({ target }) => target !== undefined).length < fewestCompared) {
    throw new Notice(
      vscode.l10n.t(
        "Only one model is known. Add another endpoint, or refresh this one so that its models are listed.",
      ),
    );
  }
  const picked = await pickSome(rows);
  // The settings may have been edited while the list was open.
  return picked?.map(({ endpoint, model }) => ({ endpoint: store.endpoint(endpoint.id) ?? endpoint, model }));
}

function rowsOf(targets: readonly ComparableModel[]): readonly Row[] {
  return targets.flatMap((target, index) => {
    const { endpoint, model } = target;
    const row: Row = {
      label: model === undefined ? vscode.l10n.t("The model it serves") : visibleId(model),
      description: endpoint.name,
      target,
    };
    const above: Row = { label: endpoint.name, kind: vscode.QuickPickItemKind.Separator };
    return index === 0 ? [above, row] : [row];
  });
}

function pickSome(rows: readonly Row[]): Promise<readonly ComparableModel[] | undefined> {
  const input = vscode.window.createQuickPick<Row>();
  const choose = vscode.l10n.t("Choose {0} to {1} models to compare", fewestCompared, mostCompared);
  input.title = choose;
  input.placeholder = vscode.l10n.t("Model or endpoint");
  input.canSelectMany = true;
  input.matchOnDescription = true;
  input.items = rows;
  let chosen: readonly Row[] = [];
  input.onDidChangeSelection((selected) => {
    if (selected.length > mostCompared) {
      input.title = vscode.l10n.t("At most {0} models", mostCompared);
      input.selectedItems = chosen;
      return;
    }
    // Also told of our own cut above, whose words shall stay.
    if (selected.length !== chosen.length) {
      input.title = choose;
    }
    chosen = selected;
  });
  return new Promise((resolve) => {
    input.onDidAccept(() => {
      if (chosen.length < fewestCompared) {
        input.title = vscode.l10n.t("At least {0} models", fewestCompared);
        return;
      }
      resolve(chosen.flatMap(({ target }) => (target === undefined ? [] : [target])));
      input.hide();
    });
    input.onDidHide(() => {
      input.dispose();
      resolve(undefined);
    });
    input.show();
  });
}
