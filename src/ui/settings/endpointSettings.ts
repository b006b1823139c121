/** `qwen.endpoints` in the settings files: read from both scopes, written to the one an entry came from. */

import * as vscode from "vscode";

import type { EndpointScope } from "../../core/endpoint/endpoint.ts";
import { exposedValues } from "../../core/endpoint/exposedKeys.ts";
import { type EndpointEntry, joinEntries, parseEndpoints } from "../../core/endpoint/parseSettings.ts";
import { settingsSection } from "../../shared/manifest.ts";
import { Notice } from "../notice.ts";

/** One entry as it stands in the file; fields we do not know are kept when others are edited. */
export type RawEntry = Readonly<Record<string, unknown>>;

export function readEntries(): readonly EndpointEntry[] {
  const { user, workspace } = rawValues();
  return joinEntries(parseEndpoints(user, "user"), parseEndpoints(workspace, "workspace"));
}

/** The keys that stand in the settings in clear, those of entries with a mistake included. */
export function exposedInSettings(): readonly string[] {
  return [...rawList("user"), ...rawList("workspace")].flatMap(exposedValues);
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
    throw new Notice(vscode.l10n.t("qwen.endpoints in your settings is no list; mend or remove it first."));
  }
  await write("user", [...rawList("user"), entry]);
}

/** The entry with this id as it stands in the file. */
export function rawEntry(scope: EndpointScope, id: string): RawEntry {
  const { list, index } = find(scope, id);
  return list[index] as RawEntry;
}

/** Replaces fields of the entry with this id; a field of undefined is removed. */
export async function editEntry(scope: EndpointScope, id: string, change: RawEntry): Promise<void> {
  const { list, index } = find(scope, id);
  await write(scope, list.with(index, merge(list[index] as RawEntry, change)));
}

export async function removeEntry(scope: EndpointScope, id: string): Promise<void> {
  const { list, index } = find(scope, id);
  await write(scope, list.toSpliced(index, 1));
}

/** The ids that stand in the settings, those of entries with a mistake included. */
export function takenIds(): ReadonlySet<string> {
  return new Set([...rawList("user"), ...rawList("workspace")].map(idOf));
}

/** The first valid entry of an id is the one in use; a copy below it, or one above it with a mistake, is another entry. */
function find(
  scope: EndpointScope,
  id: string,
): { readonly list: readonly unknown[]; readonly index: number } {
  const list = rawList(scope);
  const valid = list.findIndex((entry) => idOf(entry) === id && isValid(entry, scope));
  const index = valid < 0 ? list.findIndex((entry) => idOf(entry) === id) : valid;
  if (index < 0) {
    throw new Notice(vscode.l10n.t("This endpoint is not in the settings, so there is nothing to change."));
  }
  return { list, index };
}

async function write(scope: EndpointScope, list: readonly unknown[]): Promise<void> {
  const target = scope === "user" ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
  await vscode.workspace.getConfiguration(settingsSection).update("endpoints", list, target);
}

/** The entry with these fields; one of undefined is removed. */
export function merge(entry: RawEntry, change: RawEntry): RawEntry {
  return Object.fromEntries(
    Object.entries({ ...entry, ...change }).filter(([, value]) => value !== undefined),
  );
}

function isValid(entry: unknown, scope: EndpointScope): boolean {
  return parseEndpoints([entry], scope)[0]?.kind === "valid";
}

/** As the settings parser reads it. */
function idOf(entry: unknown): string {
  const id = entry === Object(entry) ? (entry as RawEntry)["id"] : undefined;
  return typeof id === "string" ? id.trim() : "";
}
