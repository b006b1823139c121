/** Feeds the store: the endpoints of the settings, and the demo endpoint while it runs. */

import * as vscode from "vscode";

import type { Endpoint } from "../core/endpoint/endpoint.ts";
import type { EndpointStore } from "../core/endpoint/endpointStore.ts";
import { joinEntries } from "../core/endpoint/parseSettings.ts";
import type { Redactor } from "../core/diagnosis/redact.ts";
import type { ContextKey } from "../shared/manifest.ts";
import { exposedInSettings, readEntries } from "./settings/endpointSettings.ts";

export class EndpointSource implements vscode.Disposable {
  readonly #store: EndpointStore;
  readonly #redactor: Redactor;
  readonly #subscription: vscode.Disposable;
  #demo: Endpoint | undefined;

  constructor(store: EndpointStore, redactor: Redactor) {
    this.#store = store;
    this.#redactor = redactor;
    this.#subscription = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("qwen.endpoints")) {
        this.refresh();
      }
    });
  }

  /** Undefined as well when a settings entry has taken the demo's id. */
  get demoId(): string | undefined {
    const { id, baseUrl } = this.#demo ?? {};
    return id !== undefined && this.#store.endpoint(id)?.baseUrl === baseUrl ? id : undefined;
  }

  /** Reads the settings now, and tells the redactor first what in them is secret; called as well right after we wrote them, not to wait for the editor's event. */
  refresh(): void {
    for (const secret of exposedInSettings()) {
      this.#redactor.know(secret);
    }
    const demo = this.#demo === undefined ? [] : [{ kind: "valid" as const, endpoint: this.#demo }];
    this.#store.replace(joinEntries(readEntries(), demo));
    setContext("qwen.hasRows", this.#store.entries().length > 0);
    setContext("qwen.hasEndpoints", this.#store.endpoints().length > 0);
    setContext("qwen.demoRunning", this.#demo !== undefined);
    setContext("qwen.ready", true);
  }

  setDemo(demo: Endpoint | undefined): void {
    this.#demo = demo;
    this.refresh();
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

function setContext(key: ContextKey, value: boolean): void {
  void vscode.commands.executeCommand("setContext", key, value);
}
