/** Which endpoint a command is about: named by an argument, the only one there is, or picked. */

import * as vscode from "vscode";

import { originOf } from "../core/endpoint/baseUrl.ts";
import type { Endpoint } from "../core/endpoint/endpoint.ts";
import type { EndpointStore } from "../core/endpoint/endpointStore.ts";
import { parseEndpoints } from "../core/endpoint/parseSettings.ts";
import { namedSecrets } from "../core/keys/namedSecrets.ts";
import { hasTemplate } from "../core/keys/templates.ts";
import { Notice } from "./notice.ts";
import { notify } from "./notify.ts";

/** `any`: a lone endpoint is taken without asking. `ask`: even one is shown, as what follows can not be undone. */
export type Choice = "any" | "ask";

/** Undefined when the person cancels. An id that is not configured, or an object with a mistake, is a notice. */
export async function pickEndpoint(
  store: EndpointStore,
  target: unknown,
  choice: Choice = "any",
): Promise<Endpoint | undefined> {
  if (target !== undefined && target !== null) {
    return namedEndpoint(store, target);
  }
  const endpoints = store.endpoints();
  const [only] = endpoints;
  if (only === undefined) {
    await offerToAdd();
    return undefined;
  }
  return endpoints.length === 1 && choice === "any" ? only : pickFrom(endpoints, store);
}

function namedEndpoint(store: EndpointStore, target: unknown): Endpoint {
  const fields = target === Object(target) ? (target as Record<string, unknown>) : {};
  // A row of the tree carries the id; a program may pass it bare or as `{ id }`.
  const id =
    typeof target === "string"
      ? target
      : (fields["endpointId"] ?? (fields["baseUrl"] === undefined ? fields["id"] : undefined));
  if (typeof id === "string") {
    const endpoint = store.endpoint(id);
    if (endpoint === undefined) {
      throw new Notice(vscode.l10n.t('There is no endpoint "{0}" in qwen.endpoints.', id));
    }
    return endpoint;
  }
  return adHocEndpoint(fields);
}

/** `{ baseUrl, … }`: an endpoint that is not in the settings, with their fields and defaults. */
function adHocEndpoint(fields: Readonly<Record<string, unknown>>): Endpoint {
  const [entry] = parseEndpoints([{ id: "ad-hoc", key: { from: "none" }, ...fields }], "user");
  if (entry?.kind === "valid") {
    const { endpoint } = entry;
    if (usesStored(endpoint) && letsOthersListen(endpoint)) {
      throw new Notice(
        vscode.l10n.t(
          "An endpoint that is not configured can not use a stored secret together with a proxy, certificate settings or headers of its own. Configure it with Add Endpoint.",
        ),
      );
    }
    // Keys are bound by id and origin: two servers that are asked in passing are two endpoints.
    return typeof fields["id"] === "string"
      ? endpoint
      : { ...endpoint, id: `ad-hoc@${originOf(endpoint.baseUrl) ?? ""}` };
  }
  const problems = entry?.problems.join("; ") ?? "";
  throw new Notice(vscode.l10n.t("This is no endpoint: {0}", problems));
}

/** The secret storage knows for which origin a key is, and not by which way it may go there. */
function usesStored(endpoint: Endpoint): boolean {
  return endpoint.key.from === "secret" || namedSecrets(endpoint).length > 0;
}

function letsOthersListen({ proxy, tls, headers }: Endpoint): boolean {
  const leads = Object.values(headers).some((value) => !hasTemplate(value));
  return (proxy !== undefined && proxy !== "direct") || tls.ca !== undefined || !tls.verify || leads;
}

async function pickFrom(endpoints: readonly Endpoint[], store: EndpointStore): Promise<Endpoint | undefined> {
  const icons = { up: "pass", attention: "warning", down: "error", unknown: "circle-outline" } as const;
  const items = endpoints.map((endpoint) => ({
    label: `$(${icons[store.health(endpoint.id).state]}) ${endpoint.name}`,
    description: endpoint.baseUrl,
    endpoint,
  }));
  const placeHolder = vscode.l10n.t("Which endpoint?");
  const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  // The settings may have been edited while the list was open.
  return picked === undefined ? undefined : (store.endpoint(picked.endpoint.id) ?? picked.endpoint);
}

async function offerToAdd(): Promise<void> {
  const add = vscode.l10n.t("Add Endpoint");
  const answer = await notify("information", vscode.l10n.t("No endpoint is configured yet."), {
    buttons: [add],
  });
  if (answer === add) {
    await vscode.commands.executeCommand("qwen.addEndpoint");
  }
}
