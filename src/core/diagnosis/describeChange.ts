/** What a fix will change, shown before anybody clicks it: the settings' own names, the value of now and the new one. */

import * as l10n from "@vscode/l10n";

import type { Endpoint } from "../endpoint/endpoint.ts";
import { visibleId } from "../visible.ts";
import type { Fix } from "./finding.ts";

/** `baseUrl: http://localhost:3000/v1 → http://localhost:30000/v1`; undefined for a fix that changes no settings. */
export function describeChange(fix: Fix, endpoint: Endpoint): string | undefined {
  const { baseUrl, models, key, tls, timeouts } = endpoint;
  switch (fix.kind) {
    case "set-base-url":
    case "try-region":
      return change("baseUrl", baseUrl, fix.baseUrl);
    case "use-model":
      return change(`models.${fix.task}`, models[fix.task], fix.model);
    case "use-no-key":
      return change("key.from", key.from, "none");
    case "set-timeout":
      return change(`timeouts.${fix.timer}`, String(timeouts[fix.timer]), String(fix.milliseconds));
    case "trust-certificate":
      return change("tls.ca", tls.ca, caFileName(baseUrl, fix.fingerprint));
    case "choose-ca-file":
      return change("tls.ca", tls.ca, l10n.t("a file of your choice"));
    case "bypass-proxy":
      return change("proxy", endpoint.proxy, "direct");
    case "allow-key-for-origin":
    case "allow-plain-http":
    case "move-key-to-secret":
    case "choose-client-certificate":
    case "set-key":
    case "merge-extra-body":
    case "drop-parameter":
    case "set-parameter":
    case "copy-command":
    case "run-command":
    case "open-settings":
    case "list-models":
    case "test-again":
      return undefined;
  }
}

/** The name of the file that a trusted certificate is kept in: the host, and what tells two certificates of it apart. */
export function caFileName(baseUrl: string, fingerprint: string): string {
  const host = new URL(baseUrl).hostname.replace(/[^A-Za-z0-9.-]+/g, "_").slice(0, 100);
  return `${host}-${fingerprint.replace(/[^0-9A-Fa-f]/g, "").slice(0, 8)}.pem`;
}

function change(name: string, before: string | undefined, after: string): string {
  return `${name}: ${before === undefined ? l10n.t("not set") : visibleId(before)} → ${visibleId(after)}`;
}
