/** Stores keys for endpoints and asks what the user agrees to. The only place in ui that touches a key's value. */

import * as vscode from "vscode";

import { originOf } from "../../core/endpoint/baseUrl.ts";
import { shownHeaders } from "../../core/endpoint/exposedKeys.ts";
import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import { type HolderPorts, KeyHolder } from "../../core/keys/keyHolder.ts";
import { nameSource } from "../../core/keys/keyLabel.ts";
import { plainOrigin } from "../../core/keys/plainOrigin.ts";
import { notify } from "../notify.ts";

export class KeyKeeper extends KeyHolder {
  constructor(ports: Omit<HolderPorts, "epochMs">) {
    super({ ...ports, epochMs: () => Date.now() });
  }

  /** From now on a key may travel unencrypted to the endpoint's origin, once the person has agreed. */
  async allowPlainHttp(endpoint: Endpoint): Promise<void> {
    const origin = plainOrigin(endpoint);
    if (origin === undefined) {
      return;
    }
    const text = vscode.l10n.t("Send the key of {0} unencrypted to {1}?", endpoint.name, origin);
    const yes = vscode.l10n.t("Send it unencrypted");
    const later = vscode.l10n.t("Not now");
    if ((await notify("warning", text, { modal: true, buttons: [yes], close: later })) === yes) {
      await this.bindPlain(endpoint);
    }
  }

  /** Asks once, showing both origins, then binds the endpoint's sources to the new one, and records the consent. */
  async allow(endpoint: Endpoint): Promise<void> {
    const unagreed = await this.unagreed(endpoint);
    if (unagreed === undefined) {
      return;
    }
    const { consent, boundOrigin } = unagreed;
    const origin = originOf(endpoint.baseUrl) ?? "";
    const moved = boundOrigin === undefined ? [] : [originText(endpoint, boundOrigin, origin)];
    const text = consent === "missing" ? [consentText(endpoint, origin), ...moved] : moved;
    const yes = vscode.l10n.t("Send the key");
    const [question = "", detail = ""] = text;
    if ((await notify("warning", question, { modal: true, detail, buttons: [yes] })) === yes) {
      await this.bind(endpoint);
    }
  }
}

function consentText(endpoint: Endpoint, origin: string): string {
  return vscode.l10n.t(
    "Let this workspace's endpoint {0} use {1} and send it to {2}?",
    endpoint.name,
    usedText(endpoint),
    origin,
  );
}

function originText({ name, key }: Endpoint, bound: string, origin: string): string {
  return key.from === "secret"
    ? vscode.l10n.t("The key of {0} was entered for {1}. Send it to {2} from now on?", name, bound, origin)
    : vscode.l10n.t(
        "{0} ({1}) was used for {2} so far. Send its key to {3} from now on?",
        name,
        nameSource(key),
        bound,
        origin,
      );
}

/** All that the consent is for, as it stands in the settings. */
function usedText(endpoint: Endpoint): string {
  const { key, tls, proxy } = endpoint;
  const headers = shownHeaders(endpoint);
  const { verify, ...files } = tls;
  const shownTls = verify ? files : tls;
  return JSON.stringify({
    key,
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(Object.keys(shownTls).length === 0 ? {} : { tls: shownTls }),
    ...(proxy === undefined ? {} : { proxy }),
  });
}
