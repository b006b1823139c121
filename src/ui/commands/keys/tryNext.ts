/** Tests the key that waits, and lets it take its place, or asks the person what to do. */

import * as vscode from "vscode";

import type { AskedBy } from "../../../core/audit/auditEntry.ts";
import { describeFinding } from "../../../core/diagnosis/findingTexts.ts";
import type { Report } from "../../../core/diagnosis/report.ts";
import { originOf } from "../../../core/endpoint/baseUrl.ts";
import type { Endpoint } from "../../../core/endpoint/endpoint.ts";
import { lastFour } from "../../../core/keys/keyLabel.ts";
import type { StoredKey } from "../../../core/ports.ts";
import { Notice } from "../../notice.ts";
import { notify } from "../../notify.ts";
import type { KeyDependencies } from "./keyDependencies.ts";
import { askPlainHttp } from "./storeKey.ts";

type Rotated = { readonly rotated: string } | undefined;

export async function tryNext(
  endpoint: Endpoint,
  askedBy: AskedBy,
  dependencies: KeyDependencies,
): Promise<Rotated> {
  const next = await dependencies.keys.next(endpoint);
  if (next === undefined) {
    return undefined;
  }
  await makeSureItMayGo(endpoint, next, dependencies);
  const { value, setAtMs } = next;
  const report = await dependencies.testWith(endpoint, { kind: "key", value, setAtMs }, askedBy);
  switch (report.verdict) {
    case "healthy":
    case "warnings":
      return takeNext(endpoint, next, dependencies);
    case "cancelled":
      tellWaiting(endpoint, next);
      return undefined;
    case "failed":
      return askAfterFailure(endpoint, next, report, dependencies);
  }
}

/** The new key takes the place of the old one, unless endpoint or key were changed meanwhile, here or in another window. */
export async function takeNext(
  { id, name, baseUrl, key }: Endpoint,
  next: StoredKey,
  { store, keys, refresh }: KeyDependencies,
): Promise<Rotated> {
  const now = store.endpoint(id);
  const isSame =
    now !== undefined &&
    originOf(now.baseUrl) === next.origin &&
    originOf(baseUrl) === next.origin &&
    JSON.stringify(now.key) === JSON.stringify(key) &&
    (await keys.next(now))?.value === next.value;
  if (!isSame) {
    throw new Notice(
      vscode.l10n.t("{0} was changed meanwhile, so its key was left as it is. Run Manage API Key.", name),
    );
  }
  await keys.takeNext(now);
  refresh(id);
  const text = vscode.l10n.t(
    "{0} uses the new key {1}; the old one is forgotten.",
    name,
    lastFour(next.value),
  );
  void notify("information", text);
  return { rotated: id };
}

/** A test must not send a key where an ordinary request would not. */
async function makeSureItMayGo(
  endpoint: Endpoint,
  next: StoredKey,
  dependencies: KeyDependencies,
): Promise<void> {
  const { name, baseUrl } = endpoint;
  const origin = originOf(baseUrl) ?? baseUrl;
  if (next.origin !== origin) {
    throw new Notice(
      vscode.l10n.t(
        "The new key of {0} was entered for {1}, but the endpoint is at {2} now. Run Rotate API Key and enter it again.",
        name,
        next.origin,
        origin,
      ),
    );
  }
  await askPlainHttp(endpoint, dependencies);
  const { key } = await dependencies.vault.read(endpoint);
  if (key.kind !== "key") {
    throw new Notice(
      vscode.l10n.t(
        "The current key of {0} is held back, so the new one is not sent either; it waits in Manage API Key.",
        name,
      ),
    );
  }
}

async function askAfterFailure(
  endpoint: Endpoint,
  next: StoredKey,
  report: Report,
  dependencies: KeyDependencies,
): Promise<Rotated> {
  const keep = vscode.l10n.t("Keep the old key");
  const use = vscode.l10n.t("Use the new key all the same");
  const detail = vscode.l10n.t(
    "The old key is in use, and the new one, {0}, waits. Cancel leaves both: Manage API Key shows what waits.",
    lastFour(next.value),
  );
  const text = failureText(endpoint, report);
  const answer = await notify("warning", text, { modal: true, detail, buttons: [keep, use] });
  if (answer === use) {
    return takeNext(endpoint, next, dependencies);
  }
  if (answer === keep) {
    await dependencies.keys.dropNext(endpoint);
    dependencies.refresh(endpoint.id);
  }
  return undefined;
}

/** Whether it was the key's fault: a server that is down has said nothing about it. */
function failureText({ name }: Endpoint, { rungs, findings }: Report): string {
  const [worst] = findings;
  const title = worst === undefined ? "" : describeFinding(worst.code).title;
  switch (rungs.find(({ id }) => id === "auth")?.status) {
    case "passed":
    case "warned":
      return vscode.l10n.t("The server takes the new key of {0}, but the test failed: {1}", name, title);
    case "failed":
      return worst === undefined || worst.code === "auth.rejected"
        ? vscode.l10n.t("The server refuses the new key of {0}.", name)
        : vscode.l10n.t("The server refuses the new key of {0}: {1}", name, title);
    default:
      return vscode.l10n.t("The new key of {0} could not be tested: {1}", name, title);
  }
}

function tellWaiting({ name }: Endpoint, { value }: StoredKey): void {
  const text = vscode.l10n.t(
    "The test was stopped. {0} goes on with the old key, and the new one, {1}, waits in Manage API Key.",
    name,
    lastFour(value),
  );
  void notify("information", text);
}
