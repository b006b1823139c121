/** Every id that package.json contributes, with what a command takes and returns. A test holds package.json to this list. */

import type { Report } from "../core/diagnosis/report.ts";
import type { Endpoint } from "../core/endpoint/endpoint.ts";
import type { ModelInfo } from "../core/endpoint/modelList.ts";
import type { Discovered } from "../core/endpoint/discover.ts";
import type { KeyStatus } from "../core/keys/keyStatus.ts";
import type { UsageReport } from "../core/usage/usageReport.ts";
import type { EmbeddingRecord, RunRecord } from "./runRecord.ts";

/**
 * What names an endpoint: its id, a row of the tree, or `{ baseUrl, … }` with the fields of a settings entry for one that
 * is not configured. Undefined asks with a quick pick. Checked when it arrives, as a program may pass anything.
 */
export type Target = unknown;

/** By command: its arguments and its result. Undefined as a result means that the person cancelled or was told why not. */
export interface Commands {
  "qwen.testEndpoint": { args: [target?: Target, options?: unknown]; result: Report | undefined };
  "qwen.testAllEndpoints": { args: [options?: unknown]; result: readonly Report[] | undefined };
  "qwen.addEndpoint": { args: [entry?: unknown]; result: Endpoint | undefined };
  "qwen.editEndpoint": { args: [target?: Target, change?: unknown]; result: Endpoint | undefined };
  "qwen.removeEndpoint": { args: [target?: Target]; result: { readonly removed: string } | undefined };
  "qwen.setApiKey": { args: [target?: Target]; result: { readonly stored: string } | undefined };
  "qwen.clearApiKey": { args: [target?: Target]; result: { readonly cleared: string } | undefined };
  "qwen.manageApiKey": { args: [target?: Target]; result: ManagedKey | undefined };
  "qwen.rotateApiKey": { args: [target?: Target]; result: { readonly rotated: string } | undefined };
  "qwen.copyApiKey": {
    args: [target?: Target, to?: Target];
    result: { readonly copied: string } | undefined;
  };
  "qwen.moveApiKey": {
    args: [target?: Target];
    result: { readonly moved: string; readonly to: "secret" | "keychain" } | undefined;
  };
  "qwen.showUsageReport": { args: []; result: UsageReport | undefined };
  "qwen.openAuditLog": { args: []; result: undefined };
  "qwen.exportAuditLog": { args: []; result: { readonly exported: number } | undefined };
  "qwen.deleteAuditLog": { args: []; result: { readonly deleted: boolean } };
  "qwen.listModels": { args: [target?: Target]; result: readonly ModelInfo[] | undefined };
  "qwen.askAboutSelection": { args: [target?: Target]; result: RunRecord | undefined };
  "qwen.askAboutSelectionWith": { args: [target?: Target, prompt?: unknown]; result: RunRecord | undefined };
  "qwen.embedSelection": { args: [target?: Target, text?: unknown]; result: EmbeddingRecord | undefined };
  "qwen.newChat": { args: [target?: Target]; result: undefined };
  "qwen.compareModels": {
    args: [targets?: unknown, prompt?: unknown];
    result: readonly RunRecord[] | undefined;
  };
  "qwen.sendChat": { args: [request?: unknown]; result: RunRecord | undefined };
  "qwen.discoverEndpoints": { args: []; result: readonly Discovered[] };
  "qwen.startDemoEndpoint": { args: []; result: { readonly baseUrl: string } };
  "qwen.stopDemoEndpoint": { args: []; result: { readonly stopped: boolean } };
  "qwen.refresh": { args: []; result: { readonly checking: readonly string[] } };
  "qwen.showLog": { args: []; result: undefined };
  "qwen.openSettings": { args: [about?: Target]; result: undefined };
  "qwen.copyBaseUrl": { args: [target?: Target]; result: undefined };
  "qwen.showReport": { args: [target?: Target]; result: Report | undefined };
  "qwen.applyFix": { args: [row?: unknown]; result: undefined };
}

/** What may be shown of an endpoint's key. */
export interface ManagedKey extends KeyStatus {
  readonly endpointId: string;
}

export type CommandId = keyof Commands;

/** Context keys used by `when` clauses. */
export type ContextKey = "qwen.ready" | "qwen.hasRows" | "qwen.hasEndpoints" | "qwen.demoRunning";

export const viewId = "qwen.endpoints";
export const settingsSection = "qwen";
