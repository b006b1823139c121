/** Commands that test endpoints and show what tests found. */

import * as vscode from "vscode";

import type { AskedBy } from "../../core/audit/auditEntry.ts";
import type { Depth } from "../../core/diagnosis/report.ts";
import { tasks } from "../../core/endpoint/endpoint.ts";
import type { EndpointStore } from "../../core/endpoint/endpointStore.ts";
import { settingsSection } from "../../shared/manifest.ts";
import { Notice } from "../notice.ts";
import { pickEndpoint } from "../pickEndpoint.ts";
import { allTestsRun } from "../runs/allTestsRun.ts";
import { showReport, testRun, type TestDependencies, type TestOptions } from "../runs/testRun.ts";
import { askedBy } from "./askedBy.ts";
import type { CommandHandlers } from "./registerCommands.ts";

type TestCommands = Pick<CommandHandlers, "qwen.testEndpoint" | "qwen.testAllEndpoints" | "qwen.showReport">;

export function testCommands(store: EndpointStore, dependencies: TestDependencies): TestCommands {
  return {
    "qwen.testEndpoint": async (target, options) => {
      const endpoint = await pickEndpoint(store, target);
      return endpoint === undefined
        ? undefined
        : testRun(endpoint, readOptions(options, configuredDepth(), askedBy(target)), dependencies);
    },
    "qwen.testAllEndpoints": (options) => allTestsRun(readOptions(options, "basic", "command"), dependencies),
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

/** A program may name them: `{ task: "embedding", depth: "basic" }`. The tree passes its selected rows there, which say nothing. */
function readOptions(options: unknown, usual: Depth, asker: AskedBy): TestOptions {
  const given = options === Object(options) ? (options as Record<string, unknown>) : {};
  const task = tasks.find((each) => each === given["task"]);
  const depth = depths.find((each) => each === given["depth"]) ?? usual;
  return { depth, askedBy: asker, ...(task === undefined ? {} : { task }) };
}

const depths = ["basic", "full"] as const satisfies readonly Depth[];

function configuredDepth(): Depth {
  const depth = vscode.workspace.getConfiguration(settingsSection).get<string>("test.depth");
  return depth === "basic" ? "basic" : "full";
}
