/** A test of an endpoint, shown rung by rung in the panel, its result kept in the tree. */

import { diagnose } from "../../core/diagnosis/ladder.ts";
import type { Depth, Report } from "../../core/diagnosis/report.ts";
import { reportMarkdown } from "../../core/diagnosis/reportMarkdown.ts";
import type { Subject } from "../../core/diagnosis/step.ts";
import { steps } from "../../core/diagnosis/steps/index.ts";
import { type Endpoint, type Task, tasks } from "../../core/endpoint/endpoint.ts";
import { machineIs, machineName } from "../machine.ts";
import type { RunControls } from "../panel/runPanel.ts";
import type { RunSession } from "../panel/runSession.ts";
import { fixOf, reportUpdate } from "../panel/views.ts";
import { ending } from "./ending.ts";
import { currentEndpoint, type RunDependencies } from "./runDependencies.ts";

/** `keep` is told the final report of an endpoint that is configured. */
export interface TestDependencies extends RunDependencies {
  readonly keep: (report: Report) => void;
  /** `process.platform` of the extension host. */
  readonly platform: string;
  /** The proxy that requests to a base URL go through, or the one that is configured and not used for it. */
  readonly proxyFor: (baseUrl: string) => Pick<Subject, "proxy" | "otherProxy">;
}

/** Shows the ladder live and resolves with the whole report. Without a task, the one the endpoint is for. */
export async function testRun(
  endpoint: Endpoint,
  task: Task | undefined,
  dependencies: TestDependencies,
): Promise<Report> {
  const abort = new AbortController();
  const current: { report?: Report } = {};
  const controls = testControls(endpoint, task, dependencies, current, () => abort.abort());
  const session = dependencies.panels.show(headOf(endpoint, modelsOf(endpoint, task)), controls);
  return ending(session, async () => {
    for await (const report of climb(endpoint, task, "full", dependencies, abort.signal)) {
      current.report = report;
      session.update(reportUpdate(report));
    }
    const report = kept(current.report, dependencies);
    session.end(endOf(report));
    return report;
  });
}

/** Shows a report that was made earlier. */
export function showReport(endpoint: Endpoint, report: Report, dependencies: TestDependencies): void {
  const controls = testControls(endpoint, undefined, dependencies, { report }, () => undefined);
  const session = dependencies.panels.show(
    headOf(endpoint, Object.values(report.models).join(", ")),
    controls,
  );
  session.update(reportUpdate(report));
  session.end(endOf(report));
}

/** The ladder without the panel, for testing many at once. */
export async function silentTest(
  endpoint: Endpoint,
  dependencies: TestDependencies,
  signal: AbortSignal,
): Promise<Report> {
  let last: Report | undefined;
  for await (const report of climb(endpoint, undefined, "basic", dependencies, signal)) {
    last = report;
  }
  return kept(last, dependencies);
}

async function* climb(
  endpoint: Endpoint,
  task: Task | undefined,
  depth: Depth,
  dependencies: TestDependencies,
  signal: AbortSignal,
): AsyncGenerator<Report> {
  const { vault, http, sockets, clock } = dependencies;
  const subject: Subject = {
    endpoint,
    credentials: await vault.read(endpoint),
    ...tasksOf(endpoint, task),
    depth,
    machine: machineName(),
    machineIs: machineIs(),
    platform: dependencies.platform,
    ...dependencies.proxyFor(endpoint.baseUrl),
  };
  yield* diagnose(steps, subject, { http, sockets, clock }, signal);
}

/** The task that is named, or all that the endpoint has a model for. */
function tasksOf(endpoint: Endpoint, task: Task | undefined): Pick<Subject, "tasks" | "taskChoice"> {
  const configured = tasks.filter((each) => endpoint.models[each] !== undefined);
  const named = task === undefined ? configured : [task];
  return named.length === 0
    ? { tasks: ["chat"], taskChoice: "guessed" }
    : { tasks: named, taskChoice: "named" };
}

function modelsOf(endpoint: Endpoint, task: Task | undefined): string {
  const { tasks: tested } = tasksOf(endpoint, task);
  return tested.flatMap((each) => endpoint.models[each] ?? []).join(", ");
}

function testControls(
  endpoint: Endpoint,
  task: Task | undefined,
  dependencies: TestDependencies,
  current: { readonly report?: Report },
  stop: () => void,
): RunControls {
  return {
    stop,
    again: () =>
      dependencies.inBackground(testRun(currentEndpoint(dependencies, endpoint), task, dependencies)),
    copyText: () => (current.report === undefined ? "" : reportMarkdown(current.report)),
    applyFix: async (fixId) => {
      const fix = fixOf(current.report?.findings ?? [], fixId);
      if (fix !== undefined) {
        await dependencies.applyFix(endpoint.id, fix);
      }
    },
  };
}

/** The ladder yields at least once, so there is a last report. */
function kept(last: Report | undefined, dependencies: TestDependencies): Report {
  if (last === undefined) {
    throw new Error("the ladder has no rungs");
  }
  if (last.verdict !== "cancelled") {
    dependencies.keep(last);
  }
  return last;
}

function endOf({ verdict, durationMs }: Report): Parameters<RunSession["end"]>[0] {
  const states = {
    healthy: "finished",
    warnings: "finished",
    failed: "failed",
    cancelled: "stopped",
  } as const;
  return { state: states[verdict], timings: { endToEndMs: durationMs } };
}

function headOf(endpoint: Endpoint, model: string): Parameters<RunDependencies["panels"]["show"]>[0] {
  const { name, baseUrl } = endpoint;
  return {
    runId: crypto.randomUUID(),
    kind: "test",
    endpointName: name,
    baseUrl,
    model,
    machine: machineName(),
    input: "",
  };
}
