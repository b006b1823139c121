/** What is told to a person whose key could not be kept, or not be taken along. */

import * as l10n from "@vscode/l10n";

import { failureReason, KeyFault } from "./keyFailure.ts";
import { describeKeyFailure } from "./keyFailureTexts.ts";

/** Told as it is, like every Notice: nothing is broken. */
export class KeyNotice extends Error {
  override readonly name = "Notice";
}

/** The place took no key: without a keyring neither the secret storage nor the keychain does, and environment and file are left. */
export class StoringFailed extends KeyNotice {
  readonly place: "secret" | "keychain";
  /** A `KeyFailure`, or a code of the system. */
  readonly reason: string;

  constructor(place: "secret" | "keychain", error: unknown) {
    const reason = failureReason(error);
    const message = error instanceof Error ? error.message : String(error);
    const why = error instanceof KeyFault ? describeKeyFailure(reason) : message;
    super(
      place === "secret"
        ? l10n.t(
            'The secret storage refused the key: {0}. Use "key": { "from": "env", "name": "…" } or "file" instead.',
            why,
          )
        : l10n.t(
            'The key was not stored. {0} Use "key": { "from": "env", "name": "…" } or "file" instead.',
            why,
          ),
    );
    this.place = place;
    this.reason = reason;
  }
}

/** By its fields, as each bundle has a class of its own. */
export function isStoringFailed(error: unknown): error is StoringFailed {
  return (
    error instanceof Error && "place" in error && (error.place === "secret" || error.place === "keychain")
  );
}
