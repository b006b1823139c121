/** Builds the object graph: the only file that sees every layer, and it decides nothing but the wiring. */

import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";

import { createRedactor } from "./core/diagnosis/redact.ts";
import { reportKeeper } from "./ui/reportKeeper.ts";
import type { Http } from "./core/ports.ts";
import { auditIds } from "./ui/audit/auditIds.ts";
import { Auditing } from "./ui/audit/auditing.ts";
import { checkHealth } from "./core/endpoint/checkHealth.ts";
import type { Endpoint } from "./core/endpoint/endpoint.ts";
import { EndpointStore } from "./core/endpoint/endpointStore.ts";
import { HealthMonitor } from "./core/endpoint/healthMonitor.ts";
import { heedRefusals } from "./core/keys/heedRefusals.ts";
import { auditStore } from "./io/audit/auditStore.ts";
import { openKeys } from "./io/keys/openKeys.ts";
import { nodeClock as clock } from "./io/nodeClock.ts";
import { nodeHttp } from "./io/nodeHttp.ts";
import { nodeSockets } from "./io/nodeSockets.ts";
import { viewId } from "./shared/manifest.ts";
import { caFiles } from "./ui/fixes/caFiles.ts";
import { textsOf } from "./ui/textsOf.ts";
import { editingIds } from "./ui/commands/editingIds.ts";
import { loadedHandlers, once } from "./ui/commands/loadedHandlers.ts";
import { errorReporter, registerCommands } from "./ui/commands/registerCommands.ts";
import type { Running } from "./ui/commands/running.ts";
import { runningIds } from "./ui/commands/runningIds.ts";
import { viewCommands } from "./ui/commands/viewCommands.ts";
import { DemoControl } from "./ui/demoControl.ts";
import { EndpointSource } from "./ui/endpointSource.ts";
import { KeptAgreements } from "./ui/keys/keptAgreements.ts";
import { KeyKeeper } from "./ui/keys/keyKeeper.ts";
import { cleanLog } from "./ui/cleanLog.ts";
import { StatusDisplay } from "./ui/statusDisplay.ts";
import { proxyFor, trustsSystem } from "./ui/proxy.ts";
import { EndpointTree } from "./ui/tree/endpointTree.ts";
import { followVisibility } from "./ui/followVisibility.ts";
import { openWorkspace } from "./ui/workspace.ts";
import { keptRuns } from "./ui/panel/keptRuns.ts";

/** Returns without waiting for network, disk or the SDK. */
export function activate(context: vscode.ExtensionContext): void {
  const texts = vscode.l10n.bundle ?? {};
  l10n.config({ contents: texts });
  const channel = vscode.window.createOutputChannel("Qwen Endpoints", { log: true });
  const redactor = createRedactor();
  const log = cleanLog(channel, redactor);
  const [http, sockets] = [nodeHttp(trustsSystem), nodeSockets(trustsSystem)];
  const agreements = new KeptAgreements(context.globalState, context.workspaceState);
  const { secrets, globalState: names, globalStorageUri: storage, extensionUri, subscriptions } = context;
  const workspace = openWorkspace();
  const opened = openKeys({ secrets, names, agreements, env: process.env, redactor, workspace });
  const [{ vault }, keys] = [opened, new KeyKeeper({ ...opened, agreements, redactor })];
  const audit = new Auditing({ http, clock, log, redactor, storage, store: auditStore });
  const httpFor = heedRefusals(audit.httpFor, vault);
  const store = new EndpointStore();
  const source = new EndpointSource(store, redactor);
  const monitor = new HealthMonitor({
    store,
    clock,
    random: Math.random,
    check: async (endpoint, previous, signal) =>
      redactor.cleanDeep(await checkHealth(endpoint, previous, { httpFor, vault, clock, keys }, signal)),
  });
  const refresh = (endpointId: string): void => {
    source.refresh();
    monitor.checkNow([endpointId]);
  };
  const demo = new DemoControl(async (tokensPerSecond) => {
    const { startDemoServer } = await import("./demo/demoServer.ts");
    return startDemoServer({
      tokensPerSecond,
      onRequest: ({ method, path, status, finished }) =>
        log.info(`demo: ${method} ${path} ${status} ${finished}`),
    });
  }, source);
  const tree = new EndpointTree(store, () => source.demoId);
  const view = vscode.window.createTreeView(viewId, { treeDataProvider: tree, showCollapseAll: true });
  const [status, report] = [new StatusDisplay(store, view), errorReporter(log, redactor)];
  const sdk = () => import("./io/openaiGateway.ts");
  const gateway = async (way: Http) => (await sdk()).openaiGateway(way);
  const diagnosis = async () => (await import("./core/diagnosis/climb.ts")).climb(texts);
  const inBackground = (work: Promise<unknown>): void =>
    void work.catch((error: unknown) => report(error, "Qwen Endpoints"));
  const dependencies = {
    ...{ store, monitor, channel, vault, httpFor, sockets, clock, gateway, sdk, keys, refresh, demo },
    ...{ inBackground, diagnosis, redactor, extensionUri, textsOf: textsOf(extensionUri) },
    ...{ audit, writeCa: caFiles(storage), subscriptions, runStorage: context.storageUri },
    ...{ demoId: () => source.demoId, platform: process.platform, runMemory: context.workspaceState },
    proxyFor: (endpoint: Endpoint) => proxyFor(endpoint, process.env),
    keep: reportKeeper({ log, store, monitor, redactor }),
    applyFix: async (...args: Parameters<Running["applyFix"]>) => (await running()).applyFix(...args),
    testWith: async (...args: Parameters<Running["testWith"]>) => (await running()).testWith(...args),
    add: (entry: unknown) => vscode.commands.executeCommand("qwen.addEndpoint", entry) as Promise<unknown>,
  };

  const running: () => Promise<Running> = once(async () =>
    (await import("./ui/commands/running.ts")).running(texts, dependencies),
  );
  subscriptions.push(
    ...[channel, source, demo, tree, view, status, monitor, audit, http, keptRuns(running)],
    followVisibility(view, status, monitor),
    registerCommands(
      {
        ...loadedHandlers(runningIds, async () => (await running()).commands),
        ...loadedHandlers(editingIds, async () =>
          (await import("./ui/commands/editing.ts")).editing(texts, dependencies),
        ),
        ...loadedHandlers(auditIds, async () =>
          (await import("./ui/audit/auditCommands.ts")).auditCommands(texts, dependencies),
        ),
        ...viewCommands(dependencies),
      },
      report,
      redactor,
    ),
  );
  source.refresh();
}
