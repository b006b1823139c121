/** The first step of Add Endpoint: a preset, or whatever address is pasted. */

import * as vscode from "vscode";

import { cleanBaseUrl } from "../../core/endpoint/baseUrl.ts";
import { presets, type Preset } from "../../core/servers/presets.ts";
import { hostName } from "./hostName.ts";

export interface PickedServer {
  readonly label: string;
  readonly baseUrl: string;
  readonly key: Preset["key"];
  readonly keyInUrl?: string;
}

interface ServerItem extends vscode.QuickPickItem {
  readonly server?: PickedServer;
}

/** Typing or pasting an address offers it cleaned, on top of the presets. */
export function pickServer(): Promise<PickedServer | undefined> {
  const quickPick = vscode.window.createQuickPick<ServerItem>();
  quickPick.title = vscode.l10n.t("Add Endpoint");
  quickPick.placeholder = vscode.l10n.t("Pick a server, or paste a URL");
  quickPick.matchOnDescription = true;
  quickPick.ignoreFocusOut = true;
  quickPick.items = presetItems();
  quickPick.onDidChangeValue((text) => {
    quickPick.items = [...pastedItems(text), ...presetItems()];
  });
  return new Promise((resolve) => {
    quickPick.onDidAccept(() => {
      const server = quickPick.selectedItems[0]?.server;
      if (server !== undefined) {
        resolve(server);
        quickPick.hide();
      }
    });
    quickPick.onDidHide(() => {
      resolve(undefined);
      quickPick.dispose();
    });
    quickPick.show();
  });
}

function presetItems(): ServerItem[] {
  const item = (preset: Preset): ServerItem => ({
    label: preset.label,
    description: preset.baseUrl,
    server: preset,
  });
  const separator = (label: string): ServerItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  return [
    separator(vscode.l10n.t("on this machine")),
    ...presets.filter(({ localPort }) => localPort !== undefined).map(item),
    separator(vscode.l10n.t("hosted")),
    ...presets.filter(({ localPort }) => localPort === undefined).map(item),
  ];
}

/** What is typed counts as an address once it has a scheme, a port, a dot or a slash. */
function pastedItems(text: string): ServerItem[] {
  const cleaned = /[:./]/.test(text) ? cleanBaseUrl(text) : undefined;
  if (cleaned?.kind !== "clean") {
    return [];
  }
  const { baseUrl, keyInUrl } = cleaned;
  const label = hostName(baseUrl);
  const isHosted = baseUrl.startsWith("https:");
  return [
    {
      label: vscode.l10n.t("Use {0}", baseUrl),
      ...(keyInUrl === undefined
        ? {}
        : { detail: vscode.l10n.t("The key in it goes to the secret storage.") }),
      alwaysShow: true,
      server: {
        label,
        baseUrl,
        key: isHosted ? "needed" : "none",
        ...(keyInUrl === undefined ? {} : { keyInUrl }),
      },
    },
  ];
}
