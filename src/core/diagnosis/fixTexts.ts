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
    case "copy-command":
      return l10n.t("Copy command: {0}", fix.command);
    case "open-settings":
      return l10n.t("Open settings");
    case "list-models":
      return l10n.t("List models");
    case "test-again":
      return l10n.t("Test again");
  }
}
