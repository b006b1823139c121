/** Which key a run's requests carry, in words for its page. */

import * as l10n from "@vscode/l10n";

import type { KeySource } from "../endpoint/endpoint.ts";
import { sentKey } from "../endpoint/requestHeaders.ts";
import type { Credentials } from "../ports.ts";
import { keyLabel, lastFour } from "./keyLabel.ts";

/** `secret …abcd`. `placeholder`: without a key the OpenAI client sends EMPTY in its place. */
export function sentKeyWords(
  source: KeySource,
  credentials: Credentials,
  without: "placeholder" | "nothing",
): string {
  const { key } = credentials;
  const sent = sentKey(credentials);
  if (sent.kind === "key") {
    return sent === key ? keyLabel(source, key) : l10n.t("a header's own key {0}", lastFour(sent.value));
  }
  const none =
    without === "placeholder" ? l10n.t("no key; the client sends the placeholder EMPTY") : l10n.t("no key");
  return key.kind === "none" ? none : `${none} · ${keyLabel(source, key)}`;
}
