/** Asks for the files of a client certificate and writes them into the endpoint's `tls`. */

import * as vscode from "vscode";

import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import type { RawEntry } from "../settings/endpointSettings.ts";
import { changeEndpoint } from "./changeEndpoint.ts";
import type { FixDependencies } from "./fixDependencies.ts";

/** `cert` and `key`, or `pfx`, with whether a passphrase has to be asked for. */
interface Chosen {
  readonly files: Readonly<Record<string, string>>;
  readonly encrypted: "yes" | "no" | "maybe";
}

/** No private key is larger. */
const mostBytes = 1024 * 1024;

/** The passphrase goes to the secret storage, and its name into the settings. Escape at any question changes nothing. */
export async function chooseClientCertificate(
  endpoint: Endpoint,
  dependencies: FixDependencies,
): Promise<void> {
  const pem = vscode.l10n.t("PEM files: the certificate and its private key");
  const pfx = vscode.l10n.t("A PKCS#12 file that holds both (.p12, .pfx)");
  const title = vscode.l10n.t("The client certificate for {0}", endpoint.name);
  const form = await vscode.window.showQuickPick([pem, pfx], { title });
  const chosen = form === pem ? await choosePem() : form === pfx ? await choosePfx() : undefined;
  if (chosen === undefined) {
    return;
  }
  const passphrase = chosen.encrypted === "no" ? "" : await askPassphrase(title, chosen.encrypted);
  if (passphrase === undefined) {
    return;
  }
  const name = await dependencies.keys.freeName(`${endpoint.id}-passphrase`);
  const template = `\${secret:${name}}`;
  if (passphrase !== "") {
    await dependencies.keys.setNamed(endpoint, name, passphrase);
  }
  const added = { ...chosen.files, ...(passphrase === "" ? {} : { passphrase: template }) };
  await changeEndpoint(
    endpoint,
    (entry) => ({ tls: { ...withoutCertificate(entry["tls"]), ...added } }),
    dependencies,
    () => (passphrase === "" ? Promise.resolve() : dependencies.keys.clearNamed(name)),
  );
}

async function choosePem(): Promise<Chosen | undefined> {
  const cert = await openFile(vscode.l10n.t("The client certificate"), ["pem", "crt", "cer"]);
  if (cert === undefined) {
    return undefined;
  }
  const both = await textOf(cert);
  if (/PRIVATE KEY-----/.test(both)) {
    return { files: { cert: cert.fsPath }, encrypted: isEncrypted(both) };
  }
  const key = await openFile(vscode.l10n.t("The private key of the certificate"), ["pem", "key"]);
  return key === undefined
    ? undefined
    : { files: { cert: cert.fsPath, key: key.fsPath }, encrypted: isEncrypted(await textOf(key)) };
}

async function choosePfx(): Promise<Chosen | undefined> {
  const pfx = await openFile(vscode.l10n.t("The PKCS#12 file"), ["p12", "pfx"]);
  return pfx === undefined ? undefined : { files: { pfx: pfx.fsPath }, encrypted: "maybe" };
}

async function openFile(title: string, extensions: readonly string[]): Promise<vscode.Uri | undefined> {
  const filters = { [title]: [...extensions], [vscode.l10n.t("All files")]: ["*"] };
  const [file] = (await vscode.window.showOpenDialog({ title, filters })) ?? [];
  return file;
}

/** Empty for what no private key can be; what is wrong with it is said by the test that follows. */
async function textOf(file: vscode.Uri): Promise<string> {
  const { size, type } = await vscode.workspace.fs.stat(file);
  const isReadable = size <= mostBytes && (type & vscode.FileType.File) !== 0;
  return isReadable ? new TextDecoder().decode(await vscode.workspace.fs.readFile(file)) : "";
}

function isEncrypted(pem: string): "yes" | "no" {
  return /ENCRYPTED/.test(pem) ? "yes" : "no";
}

/** Undefined after Escape; empty where a PKCS#12 file has none. */
async function askPassphrase(title: string, encrypted: "yes" | "maybe"): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title,
    password: true,
    ignoreFocusOut: true,
    prompt:
      encrypted === "yes"
        ? vscode.l10n.t("The private key is encrypted: its passphrase")
        : vscode.l10n.t("The passphrase of the file; empty when it has none"),
    validateInput: (value) =>
      value === "" && encrypted === "yes" ? vscode.l10n.t("Enter the passphrase.") : undefined,
  });
}

function withoutCertificate(tls: unknown): RawEntry {
  const fields = Object.entries(tls === Object(tls) ? (tls as RawEntry) : {});
  return Object.fromEntries(fields.filter(([name]) => !["cert", "key", "pfx", "passphrase"].includes(name)));
}
