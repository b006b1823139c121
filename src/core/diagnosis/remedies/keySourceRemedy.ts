/** What to do where a key's source gives nothing: in words for this source, this machine and this reason. */

import * as l10n from "@vscode/l10n";

import { describeKeyFailure } from "../../keys/keyFailureTexts.ts";
import type { KeySource } from "../../endpoint/endpoint.ts";
import type { KeyReading } from "../../ports.ts";
import type { Subject } from "../step.ts";

/** Undefined where the source is not to blame, or there is no more to say than the finding does. */
export function keySourceRemedy(subject: Subject): string | undefined {
  const { endpoint, credentials } = subject;
  const { key: reading } = credentials;
  if (reading.kind !== "missing" && reading.kind !== "failed") {
    return undefined;
  }
  if (endpoint.exposed.some(({ place }) => place !== "header")) {
    return l10n.t(
      "There is a key, but it stands in the settings and is not sent from there. Move it to the secret storage.",
    );
  }
  const reason = reading.kind === "failed" ? reading.reason : "";
  if (reason === "untrusted-workspace") {
    return l10n.t(
      "This workspace is not trusted, and in Restricted Mode no key is read for its endpoints. Trust it with Workspaces: Manage Workspace Trust, or put the endpoint into your own settings.",
    );
  }
  return ofSource(endpoint.key, reason, subject);
}

function ofSource(source: KeySource, reason: string, subject: Subject): string | undefined {
  switch (source.from) {
    case "env":
      return source.file === undefined
        ? ofVariable(source.name, subject)
        : (ofFile(source.file, reason, subject) ?? ofLine(source.name, source.file));
    case "file":
      return (
        ofFile(source.path, reason, subject) ?? l10n.t("{0} is empty. Write the key into it.", source.path)
      );
    case "command":
      return ofCommand(source, reason, subject);
    case "keychain":
      return ofKeychain(source, reason);
    case "secret":
      if (reason === "" || reason === "forgotten") {
        return reason === "" ? undefined : describeKeyFailure(reason);
      }
      return l10n.t(
        'The secret storage can not be read ({0}); without a keyring, as on a server, it has nowhere to keep a key. Use "from": "env" or "from": "file" instead.',
        reason,
      );
    case "none":
      return undefined;
  }
}

/** A window keeps the environment it was started with, and a remote one has the environment of that machine. */
function ofVariable(name: string, { machine, machineIs }: Subject): string {
  return machineIs === "remote"
    ? l10n.t(
        "The environment variable {0} is not set on {1}, where the extension runs; what is set on your own computer does not count there. Set it there, for example in ~/.profile, then end the VS Code server there and connect again.",
        name,
        machine,
      )
    : l10n.t(
        "The environment variable {0} is not set in the environment that VS Code was started with. Set it, then quit VS Code and start it again: a running window does not see the change.",
        name,
      );
}

function ofLine(name: string, file: string): string {
  return l10n.t("{0} has no line {1}=… with a value. Add it.", file, name);
}

/** Undefined where the file could be read. */
function ofFile(path: string, reason: string, { machine }: Subject): string | undefined {
  switch (reason) {
    case "":
      return undefined;
    case "ENOENT":
    case "ENOTDIR":
      return l10n.t(
        "There is no file {0} on {1}, where the extension runs. Create it there, or correct the path.",
        path,
        machine,
      );
    case "EACCES":
    case "EPERM":
      return l10n.t(
        "{0} may not be read by the user that VS Code runs as on {1}. Change its owner or its mode.",
        path,
        machine,
      );
    case "EISDIR":
    case "not-a-file":
      return l10n.t("{0} is not a regular file. Name the file that holds the key and nothing else.", path);
    case "too-large":
      return l10n.t("{0} is larger than any key. Name a file that holds the key and nothing else.", path);
    default:
      return l10n.t("{0} could not be read on {1}: {2}.", path, machine, reason);
  }
}

function ofCommand(
  { command, timeoutSeconds }: Extract<KeySource, { readonly from: "command" }>,
  reason: string,
  { machine }: Subject,
): string {
  const [program = ""] = command;
  if (reason === "") {
    return l10n.t(
      "The command {0} printed nothing. Run it in a terminal of {1}; it must print the key and nothing else.",
      program,
      machine,
    );
  }
  if (reason === "ENOENT") {
    return l10n.t(
      "There is no program {0} on {1}, where the extension runs. Write its whole path; no shell looks for it.",
      program,
      machine,
    );
  }
  return /^timed-out$|^SIG(TERM|KILL)$/i.test(reason)
    ? l10n.t(
        "The command {0} did not end within {1} s. One that asks for a password never does: sign in beforehand, or raise key.timeoutSeconds.",
        program,
        timeoutSeconds,
      )
    : l10n.t(
        "The command {0} failed on {1} ({2}). Run it in a terminal there with the same arguments to read what it says.",
        program,
        machine,
        reason,
      );
}

function ofKeychain(
  { service, account }: Extract<KeySource, { readonly from: "keychain" }>,
  reason: string,
): string {
  switch (reason) {
    case "":
      return l10n.t(
        "The keychain has no entry of the service {0} and the account {1}. Set the key here, or with keyring set {0} {1} in a terminal.",
        service,
        account,
      );
    case "keychain-missing":
      return l10n.t(
        'There is no keychain here that can be used: keytar, or libsecret under it, is missing. Use "from": "env" or "from": "file" instead.',
      );
    case "keychain-refused":
      return l10n.t(
        'The keychain refused: it is locked, or no keyring runs behind it. Unlock it, or use "from": "env" or "from": "file" instead.',
      );
    default:
      return describeKeyFailure(reason);
  }
}

/** Findings that say no more than that the server missed a key. */
export function isKeyMissed(code: string, { kind }: KeyReading): boolean {
  return (kind === "missing" || kind === "failed") && (code === "auth.missing" || code === "auth.empty");
}
