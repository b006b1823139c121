/** `qwen.endpoints` in the settings files: read from both scopes, written to the one an entry came from. */

import * as vscode from "vscode";

import type { EndpointScope } from "../../core/endpoint/endpoint.ts";
import { type EndpointEntry, joinEntries, parseEndpoints } from "../../core/endpoint/parseSettings.ts";
import { settingsSection } from "../../shared/manifest.ts";

/** One entry as it stands in the file; fields we do not know are kept when others are edited. */
export type RawEntry = Readonly<Record<string, unknown>>;

export function readEntries(): readonly EndpointEntry[] {
  const { user, workspace } = rawValues();
  return joinEntries(parseEndpoints(user, "user"), parseEndpoints(workspace, "workspace"));
}

function rawValues(): { readonly user: unknown; readonly workspace: unknown } {
  const inspected = vscode.workspace.getConfiguration(settingsSection).inspect("endpoints");
  return {
    user: inspected?.globalValue,
    workspace: inspected?.workspaceFolderValue ?? inspected?.workspaceValue,
  };
}

function rawList(scope: EndpointScope): readonly unknown[] {
  const value = rawValues()[scope];
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** Appends to the user's settings. A user value that is no list is not overwritten. */
export async function addEntry(entry: RawEntry): Promise<void> {
  const { user } = rawValues();
  if (user !== undefined && !Array.isArray(user)) {
    throw new Error(vscode.l10n.t("qwen.endpoints in your settings is no list; mend or remove it first."));
  }
  await write("user", [...rawList("user"), entry]);
}

/** Replaces fields of the entry with this id; a field of undefined is removed. */
export async function editEntry(scope: EndpointScope, id: string, change: RawEntry): Promise<void> {
  await write(
    scope,
    rawList(scope).map((entry) => (idOf(entry) === id ? merge(entry as RawEntry, change) : entry)),
  );
}

export async function removeEntry(scope: EndpointScope, id: string): Promise<void> {
  await write(
    scope,
    rawList(scope).filter((entry) => idOf(entry) !== id),
  );
}

async function write(scope: EndpointScope, list: readonly unknown[]): Promise<void> {
  const target = scope === "user" ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
  await vscode.workspace.getConfiguration(settingsSection).update("endpoints", list, target);
}

function merge(entry: RawEntry, change: RawEntry): RawEntry {
  return Object.fromEntries(
    Object.entries({ ...entry, ...change }).filter(([, value]) => value !== undefined),
  );
}

function idOf(entry: unknown): unknown {
  return entry === Object(entry) ? (entry as RawEntry)["id"] : undefined;
}
