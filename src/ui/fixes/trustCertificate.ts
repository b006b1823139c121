/** Trusts a server's certificate, or an authority of the person's choice, for one endpoint. */

import * as vscode from "vscode";

import { caFileName } from "../../core/diagnosis/describeChange.ts";
import type { Fix } from "../../core/diagnosis/finding.ts";
import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import { visibleId } from "../../core/visible.ts";
import { Notice } from "../notice.ts";
import { notify } from "../notify.ts";
import type { RawEntry } from "../settings/endpointSettings.ts";
import { certificateFingerprint } from "./certificateFingerprint.ts";
import { changeEndpoint } from "./changeEndpoint.ts";
import type { FixDependencies } from "./fixDependencies.ts";

type TrustFix = Extract<Fix, { kind: "trust-certificate" }>;

/** Only after the person has compared the fingerprint with what the server's owner says. It is that of what will be trusted, whatever the fix claims: a program may pass any. */
export async function trustCertificate(
  endpoint: Endpoint,
  { pem, subject }: TrustFix,
  dependencies: FixDependencies,
): Promise<void> {
  const fingerprint = await certificateFingerprint(pem);
  if (fingerprint === undefined) {
    throw new Notice(vscode.l10n.t("The fix holds no certificate to trust. Test the endpoint again."));
  }
  const { host } = new URL(endpoint.baseUrl);
  const text = vscode.l10n.t("Trust the certificate of {0}?", host);
  const detail = [
    vscode.l10n.t(
      "Compare the fingerprint with the one on the server first: whoever holds the certificate's private key can read and change everything that is sent.",
    ),
    vscode.l10n.t("Subject: {0}", visibleId(subject)),
    vscode.l10n.t("SHA-256: {0}", fingerprint),
  ].join("\n\n");
  const trust = vscode.l10n.t("Trust the certificate");
  if ((await notify("warning", text, { modal: true, detail, buttons: [trust] })) !== trust) {
    return;
  }
  const path = await dependencies.writeCa(caFileName(endpoint.baseUrl, fingerprint), pem);
  await changeEndpoint(endpoint, (entry) => withCa(entry, path), dependencies);
}

export async function chooseCaFile(endpoint: Endpoint, dependencies: FixDependencies): Promise<void> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("The authority that signed the certificate of {0}", endpoint.name),
      openLabel: vscode.l10n.t("Trust"),
      filters: { [vscode.l10n.t("Certificates")]: ["pem", "crt", "cer"] },
    })) ?? [];
  if (file !== undefined) {
    await changeEndpoint(endpoint, (entry) => withCa(entry, file.fsPath), dependencies);
  }
}

function withCa(entry: RawEntry, ca: string): RawEntry {
  const tls = entry["tls"] === Object(entry["tls"]) ? (entry["tls"] as RawEntry) : {};
  return { tls: { ...tls, ca } };
}
