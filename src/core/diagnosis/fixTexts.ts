/** What a fix says on its button: the change itself, so that nobody clicks blindly. */

import * as l10n from "@vscode/l10n";

import { visibleId } from "../visible.ts";
import type { Fix } from "./finding.ts";

export function describeFix(fix: Fix): string {
  switch (fix.kind) {
    case "set-base-url":
      return l10n.t("Set base URL to {0}", visibleId(fix.baseUrl));
    case "use-model":
      return l10n.t("Use model {0}", visibleId(fix.model));
    case "set-key":
      return l10n.t("Set API Key");
    case "use-no-key":
      return l10n.t("Send no key");
    case "allow-key-for-origin":
      return l10n.t("Send the key to {0}", visibleId(fix.origin));
    case "allow-plain-http":
      return l10n.t("Send the key unencrypted to {0}", visibleId(fix.origin));
    case "move-key-to-secret":
      return l10n.t("Move the key to the secret storage");
    case "trust-certificate":
    case "choose-ca-file":
    case "choose-client-certificate":
      return certificateFixes[fix.kind]();
    case "copy-command":
      return l10n.t("Copy command: {0}", fix.command);
    case "run-command":
      return l10n.t("Run in a terminal: {0}", fix.command);
    case "set-timeout":
      return l10n.t("Set timeouts.{0} to {1} ms", fix.timer, fix.milliseconds);
    case "try-region":
      return l10n.t("Try the key in {0}", fix.region);
    case "bypass-proxy":
      return l10n.t("Reach {0} without the proxy", visibleId(fix.host));
    case "drop-parameter":
      return l10n.t("Send again without {0}", visibleId(fix.name));
    case "set-parameter":
      return l10n.t("Send again with {0} = {1}", visibleId(fix.name), fix.value);
    case "merge-extra-body":
    case "open-settings":
    case "list-models":
    case "test-again":
      return plainFixes[fix.kind]();
  }
}

const plainFixes = {
  "merge-extra-body": () => l10n.t("Send again with its content at the top level"),
  "open-settings": () => l10n.t("Open settings"),
  "list-models": () => l10n.t("List models"),
  "test-again": () => l10n.t("Test again"),
} as const;

const certificateFixes = {
  "trust-certificate": () => l10n.t("Trust this certificate"),
  "choose-ca-file": () => l10n.t("Choose a CA file"),
  "choose-client-certificate": () => l10n.t("Choose a client certificate"),
} as const;
