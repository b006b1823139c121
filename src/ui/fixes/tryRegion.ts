/** Asks another region of the same provider with the same key: another origin, so never without the person's word. */

import * as vscode from "vscode";

import type { Fix } from "../../core/diagnosis/finding.ts";
import { describeFinding } from "../../core/diagnosis/findingTexts.ts";
import { originOf } from "../../core/endpoint/baseUrl.ts";
import { askedModels, judgeModels, modelsRequest } from "../../core/endpoint/checkHealth.ts";
import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import { bareWireOptions } from "../../core/endpoint/wireOptions.ts";
import { plainOrigin } from "../../core/keys/plainOrigin.ts";
import type { Credentials, HttpOutcome } from "../../core/ports.ts";
import { Notice } from "../notice.ts";
import { notify } from "../notify.ts";
import { changeEndpoint } from "./changeEndpoint.ts";
import type { FixDependencies } from "./fixDependencies.ts";

type RegionFix = Extract<Fix, { kind: "try-region" }>;

/** Takes the region over when it accepts the key, and else says what came back. */
export async function tryRegion(
  endpoint: Endpoint,
  fix: RegionFix,
  dependencies: FixDependencies,
): Promise<void> {
  const { key, consent } = await dependencies.vault.read(endpoint);
  const moved: Endpoint = { ...endpoint, baseUrl: fix.baseUrl };
  if (key.kind !== "key" || originOf(fix.baseUrl) === undefined || plainOrigin(moved) !== undefined) {
    throw new Notice(vscode.l10n.t("There is no key of {0} to try.", endpoint.name));
  }
  if (!(await agrees(endpoint, fix))) {
    return;
  }
  // The key alone: the endpoint's other headers and its client certificate were not asked about.
  const credentials: Credentials = { key, headers: {}, ...(consent === undefined ? {} : { consent }) };
  const request = { ...modelsRequest(moved, credentials), ...bareWireOptions(moved, credentials) };
  const outcome = await dependencies
    .httpFor({ askedBy: "command", endpoint: moved, key })
    .send(request, new AbortController().signal);
  if (outcome.kind !== "reply" || outcome.reply.status !== 200) {
    throw new Notice(refusal(fix, moved, credentials, outcome));
  }
  const { verify, ca } = endpoint.tls;
  const tls = { verify, ...(ca === undefined ? {} : { ca }) };
  await dependencies.keys.bind({ ...moved, headers: {}, tls });
  const unbind = (): Promise<void> => dependencies.keys.bind(endpoint);
  await changeEndpoint(endpoint, () => ({ baseUrl: fix.baseUrl }), dependencies, unbind);
}

async function agrees({ name }: Endpoint, { region, baseUrl }: RegionFix): Promise<boolean> {
  const send = vscode.l10n.t("Send the key");
  const text = vscode.l10n.t(
    "Send the key of {0} to {1} ({2}) once, to see whether it is accepted there? If it is, the base URL becomes {3}.",
    name,
    originOf(baseUrl) ?? baseUrl,
    region,
    baseUrl,
  );
  return (await notify("warning", text, { modal: true, buttons: [send] })) === send;
}

function refusal(
  { region }: RegionFix,
  moved: Endpoint,
  credentials: Credentials,
  outcome: HttpOutcome,
): string {
  const came = outcome.kind === "reply" ? String(outcome.reply.status) : outcome.fault.code;
  const [finding] = judgeModels(outcome, askedModels(moved, credentials));
  const title = finding === undefined ? "" : ` ${describeFinding(finding.code).title}`;
  return vscode.l10n.t("{0} did not accept the key: {1}{2}. Nothing was changed.", region, came, title);
}
