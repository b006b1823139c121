/** Commands that test endpoints and show what tests found. */

import * as vscode from "vscode";

import type { Report } from "../../core/diagnosis/report.ts";
import { tasks, type Task } from "../../core/endpoint/endpoint.ts";
import type { EndpointStore } from "../../core/endpoint/endpointStore.ts";
import { Notice } from "../notice.ts";
import { pickEndpoint } from "../pickEndpoint.ts";
import { showReport, silentTest, testRun, type TestDependencies } from "../runs/testRun.ts";
import type { CommandHandlers } from "./registerCommands.ts";

type TestCommands = Pick<CommandHandlers, "qwen.testEndpoint" | "qwen.testAllEndpoints" | "qwen.showReport">;

/** Tests at once when all are tested: each sends a real request. */
const atOnce = 16;

export function testCommands(store: EndpointStore, dependencies: TestDependencies): TestCommands {
  return {
    "qwen.testEndpoint": async (target, options) => {
      const endpoint = await pickEndpoint(store, target);
      return endpoint === undefined ? undefined : testRun(endpoint, taskIn(options), dependencies);
    },
    "qwen.testAllEndpoints": () => testAll(store, dependencies),
    "qwen.showReport": async (target) => {
      const endpoint = await pickEndpoint(store, target);
      const report = endpoint === undefined ? undefined : store.report(endpoint.id);
      if (endpoint !== undefined && report === undefined) {
        throw new Notice(vscode.l10n.t("{0} has not been tested yet.", endpoint.name));
      }
      if (endpoint !== undefined && report !== undefined) {
        showReport(endpoint, report, dependencies);
      }
      return report;
    },
  };
}

/** A program may name the task: `{ task: "embedding" }`. The tree passes its selected rows there, which say nothing. */
function taskIn(options: unknown): Task | undefined {
  const task = options === Object(options) ? (options as Record<string, unknown>)["task"] : undefined;
  return tasks.find((each) => each === task);
}

async function testAll(
  store: EndpointStore,
  dependencies: TestDependencies,
): Promise<readonly Report[] | undefined> {
  const waiting = [...store.endpoints()];
  const total = waiting.length;
  const reports: Report[] = [];
  const title = vscode.l10n.t("Testing {0} endpoints", total);
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const work = async (): Promise<void> => {
        for (
          let next = waiting.shift();
          next !== undefined && !abort.signal.aborted;
          next = waiting.shift()
        ) {
          reports.push(await silentTest(next, dependencies, abort.signal));
          progress.report({ increment: 100 / total, message: `${reports.length}/${total}` });
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
    },
  );
  return reports;
}
