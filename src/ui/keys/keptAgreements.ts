/** What the user agreed to about keys: kept for good, for the user or for a workspace, and never written by settings. */

import type * as vscode from "vscode";

import type { KeepsAgreements } from "../../core/keys/keyHolder.ts";

export class KeptAgreements implements KeepsAgreements {
  readonly #user: vscode.Memento;
  readonly #workspace: vscode.Memento;

  constructor(user: vscode.Memento, workspace: vscode.Memento) {
    this.#user = user;
    this.#workspace = workspace;
  }

  /** Did the user let this workspace's endpoint use its source? */
  isGranted(name: string): boolean {
    return this.#workspace.get<boolean>(`consent:${name}`, false);
  }

  async grant(name: string): Promise<void> {
    await this.#workspace.update(`consent:${name}`, true);
  }

  /** May a key travel unencrypted to this origin? */
  mayTravelPlain(origin: string): boolean {
    return this.#user.get<boolean>(`plain-http:${origin}`, false);
  }

  async allowPlain(origin: string): Promise<void> {
    await this.#user.update(`plain-http:${origin}`, true);
  }

  /** The origin a source was first used for; undefined when it was not used yet. */
  boundOrigin(name: string): string | undefined {
    return this.#user.get<string>(`origin:${name}`);
  }

  async bind(name: string, origin: string): Promise<void> {
    await this.#user.update(`origin:${name}`, origin);
  }
}
