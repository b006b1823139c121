/** Draws the store as the Endpoints view. Holds no state of its own, so a refresh can never disagree with the model. */

import * as vscode from "vscode";

import type { EndpointStore, StoreChange } from "../../core/endpoint/endpointStore.ts";
import { formatDate } from "../formatDate.ts";
import type { Row, RowContext } from "../../core/endpoint/row.ts";
import { childRows, entryRow, topRows } from "../../core/endpoint/rows.ts";

/** Results of a sweep land by the hundred; the view is told of them at most this often. */
const gatherMs = 100;

export class EndpointTree implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  readonly #store: EndpointStore;
  readonly #context: () => RowContext;
  readonly #changed = new vscode.EventEmitter<Row | Row[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** The elements handed to the view, by key: a refresh must name the very object. */
  readonly #shown = new Map<string, Row>();
  readonly #dirty = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #isListDirty = false;
  readonly #stopListening: () => void;

  /** `demoId` tells the id of the running demo endpoint, which is not in the settings. */
  constructor(store: EndpointStore, demoId: () => string | undefined) {
    this.#store = store;
    const format = new Intl.DateTimeFormat(vscode.env.language, { timeStyle: "medium" });
    const formatTime = (epochMs: number): string => format.format(epochMs);
    this.#context = () => ({ formatTime, formatDate, demoId: demoId() });
    this.#stopListening = store.onChange((change) => this.#note(change));
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const current = this.#current(row);
    const item = new vscode.TreeItem(current.label, collapsible[current.children]);
    item.id = current.key;
    item.description = current.description;
    item.tooltip = current.tooltip;
    item.iconPath = new vscode.ThemeIcon(
      current.icon,
      current.color === undefined ? undefined : new vscode.ThemeColor(current.color),
    );
    item.contextValue = current.contextValue;
    item.accessibilityInformation = {
      label: [current.label, current.description].filter((each) => each !== "").join(", "),
    };
    if (current.fix !== undefined) {
      item.command = { command: "qwen.applyFix", title: current.label, arguments: [current] };
    }
    return item;
  }

  getChildren(parent?: Row): Row[] {
    const rows =
      parent === undefined
        ? topRows(this.#store, this.#context())
        : childRows(parent, this.#store, this.#context());
    if (parent === undefined) {
      this.#shown.clear();
      for (const row of rows) {
        this.#shown.set(row.key, row);
      }
    }
    return [...rows];
  }

  dispose(): void {
    this.#stopListening();
    clearTimeout(this.#timer);
    this.#changed.dispose();
  }

  /** The element is the view's handle; what is drawn is what the store knows now. */
  #current(row: Row): Row {
    const endpoint = row.contextValue.startsWith("endpoint")
      ? this.#store.endpoint(row.endpointId ?? "")
      : undefined;
    return endpoint === undefined ? row : entryRow({ kind: "valid", endpoint }, this.#store, this.#context());
  }

  #note(change: StoreChange): void {
    if (change.kind === "list") {
      this.#isListDirty = true;
    } else {
      this.#dirty.add(`endpoint:${change.id}`);
    }
    this.#timer ??= setTimeout(() => this.#tell(), gatherMs);
  }

  #tell(): void {
    this.#timer = undefined;
    const rows = [...this.#dirty].flatMap((key) => this.#shown.get(key) ?? []);
    this.#dirty.clear();
    if (this.#isListDirty) {
      this.#isListDirty = false;
      this.#changed.fire(undefined);
    } else if (rows.length > 0) {
      this.#changed.fire(rows);
    }
  }
}

const collapsible = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
} as const;
