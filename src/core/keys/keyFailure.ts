/** Why a source gave no key, or a place took none. */

/** Our own reasons; all others are codes of the system (`ENOENT`), or a program's exit code or signal. */
export type KeyFailure =
  /** Restricted Mode: nothing of the workspace is read for a key. */
  | "untrusted-workspace"
  /** The path leads out of the workspace that names it, by `..` or by a link. */
  | "outside-workspace"
  /** A folder, a pipe or a device. */
  | "not-a-file"
  /** More than a key can be (64 KiB), or an .env file (1 MiB). */
  | "too-large"
  /** The secret storage was given a key, and does not have it any more: VS Code had no keyring to keep it in. */
  | "forgotten"
  /** What was written could not be read back. */
  | "not-kept"
  /** The program, or the keychain, did not answer in time. */
  | "timed-out"
  /** keytar or the library under it can not be loaded. */
  | "keychain-missing"
  /** The keychain is locked, denied, or there is no keyring behind it. */
  | "keychain-refused";

/** The message is for the log of a developer; a person is told the reason. */
export class KeyFault extends Error {
  override readonly name = "KeyFault";
  readonly reason: KeyFailure;

  constructor(reason: KeyFailure, message: string = reason) {
    super(message);
    this.reason = reason;
  }
}

/** Never a message: it could quote the key. */
export function failureReason(error: unknown): string {
  const { code, reason } = error as { readonly code?: unknown; readonly reason?: unknown };
  const known = error instanceof KeyFault ? reason : code;
  return typeof known === "string" || typeof known === "number" ? String(known) : "failed";
}
