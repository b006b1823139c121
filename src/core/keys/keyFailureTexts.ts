/** Why a source gave no key, in words. */

import * as l10n from "@vscode/l10n";

import type { KeyFailure } from "./keyFailure.ts";

/** Of a reading's reason; what is none of ours, such as `ENOENT` or an exit code, is told as it is. */
export function describeKeyFailure(reason: string): string {
  const texts: Readonly<Record<KeyFailure, string>> = {
    "untrusted-workspace": l10n.t("The workspace is not trusted, so nothing of it is read for a key."),
    "outside-workspace": l10n.t("The path leads out of the workspace that names it."),
    "not-a-file": l10n.t("It is not a regular file."),
    "too-large": l10n.t("It is larger than a key can be."),
    forgotten: l10n.t(
      "VS Code did not keep the key that was stored: it has no keyring here. Use an environment variable or a file instead.",
    ),
    "not-kept": l10n.t("What was written could not be read back."),
    "timed-out": l10n.t("It did not answer in time."),
    "keychain-missing": l10n.t(
      "The system's keychain can not be reached from here: keytar, or libsecret under it, could not be loaded.",
    ),
    "keychain-refused": l10n.t(
      "The system's keychain refused: it is locked, or there is no keyring behind it, as in a container.",
    ),
  };
  return (texts as Readonly<Record<string, string>>)[reason] ?? reason;
}
