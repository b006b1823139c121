/** A test of an endpoint, shown rung by rung in the panel, its result kept in the tree. */

import type { AskedBy } from "../../core/audit/auditEntry.ts";
import type { Depth, Report } from "../../core/diagnosis/report.ts";
import type { Subject } from "../../core/diagnosis/step.ts";
import { type Endpoint, type Task, tasks } from "../../core/endpoint/endpoint.ts";
import { sentKeyWords } from "../../core/keys/sentKeyWords.ts";
import { machineIs, machineName } from "../machine.ts";
import type { RunHead } from "../../shared/runPanel.ts";
import type { RunControls } from "../panel/runPanel.ts";
import type { RunSession } from "../panel/runSession.ts";
import { fixOf, reportUpdate } from "../panel/views.ts";
import { ending } from "./ending.ts";
import { copiedReport, type CopyDependencies } from "./copiedReport.ts";
import type { KeyReading } from "../../core/ports.ts";
import { currentEndpoint, openWay, type RunDependencies } from "./runDependencies.ts";

/** `keep` is told the final report of an endpoint that is configured. */
export interface TestDependencies extends RunDependencies, CopyDependencies {
  readonly keep: (report: Report) => void;
  /** `process.platform` of the extension host. */
  readonly platform: string;
  /** The proxy that an endpoint's requests go through, or the one that is configured and not used for it. */
  readonly proxyFor: (endpoint: Endpoint) => Pick<Subject, "proxy" | "otherProxy">;
}

/** Without a task, those the endpoint has a model for. */
export interface TestOptions {
  readonly task?: Task;
  readonly depth: Depth;
  readonly askedBy: AskedBy;
  /** Tested in place of the endpoint's own: a key that is to replace it. */
  readonly key?: KeyReading;
}

/** Shows the ladder live and resolves with the whole report. */
export async function testRun(
  endpoint: Endpoint,
  options: TestOptions,
  dependencies: TestDependencies,
): Promise<Report> {
  const abort = new AbortController();
  const current: { report?: Report } = {};
  const controls = testControls(endpoint, options, dependencies, current, () => abort.abort());
  const session = dependencies.panels.show(
    headOf(endpoint, modelsOf(endpoint, options), dependencies.clock.epochMs()),
    controls,
  );
  return ending(session, async () => {
    const tellKey = (key: string): void => session.amend({ key });
    for await (const report of climb(endpoint, options, dependencies, abort.signal, tellKey)) {
      current.report = report;
      session.update(reportUpdate(report, endpoint, "under-way"));
    }
    const report = kept(current.report, dependencies);
    session.update(reportUpdate(report, endpoint, "ended"));
    session.end(endOf(report));
    return report;
  });
}

/** Shows a report that was made earlier. */
export function showReport(endpoint: Endpoint, report: Report, dependencies: TestDependencies): void {
  const { depth, models } = report;
  const controls = testControls(
    endpoint,
    { depth, askedBy: "command" },
    dependencies,
    { report },
    () => undefined,
  );
  const model = [...new Set(Object.values(models))].join(", ");
  const session = dependencies.panels.show(headOf(endpoint, model, dependencies.clock.epochMs()), controls);
  session.update(reportUpdate(report, endpoint, "ended"));
  session.end(endOf(report));
}

/** The ladder without the panel, for testing many at once. */
export async function silentTest(
  endpoint: Endpoint,
  options: TestOptions,
  dependencies: TestDependencies,
  signal: AbortSignal,
): Promise<Report> {
  let last: Report | undefined;
  for await (const report of climb(endpoint, options, dependencies, signal)) {
    last = report;
  }
  return kept(last, dependencies);
}

async function* climb(
  endpoint: Endpoint,
  { task, depth, askedBy, key }: TestOptions,
  dependencies: TestDependencies,
  signal: AbortSignal,
  tellKey: (key: string) => void = () => undefined,
): AsyncGenerator<Report> {
  const { sockets, clock } = dependencies;
  const [{ diagnose, steps }, way] = await Promise.all([
    dependencies.diagnosis(),
    openWay(endpoint, askedBy, dependencies, key),
  ]);
  const { http, credentials } = way;
  tellKey(sentKeyWords(endpoint.key, credentials, "nothing"));
  const subject: Subject = {
    endpoint,
    credentials,
    ...tasksOf(endpoint, task),
    depth,
    machine: machineName(),
    machineIs: machineIs(),
    platform: dependencies.platform,
    ...dependencies.proxyFor(endpoint),
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

function modelsOf(endpoint: Endpoint, { task }: TestOptions): string {
  const { tasks: tested } = tasksOf(endpoint, task);
  return [...new Set(tested.flatMap((each) => endpoint.models[each] ?? []))].join(", ");
}

function testControls(
  endpoint: Endpoint,
  options: TestOptions,
  dependencies: TestDependencies,
  current: { readonly report?: Report },
  stop: () => void,
): RunControls {
  // A key on trial was for this endpoint as it was, and for one test; what is configured is tested again.
  const { task, depth, askedBy } = options;
  const repeated: TestOptions = { depth, askedBy, ...(task === undefined ? {} : { task }) };
  return {
    stop,
    again: () =>
      dependencies.inBackground(testRun(currentEndpoint(dependencies, endpoint), repeated, dependencies)),
    copyText: () => "",
    copyReport: async (format) =>
      current.report === undefined ? "" : copiedReport(current.report, format, dependencies),
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

function headOf(endpoint: Endpoint, model: string, startedAtMs: number): RunHead {
  const { name, baseUrl } = endpoint;
  return {
    runId: crypto.randomUUID(),
    kind: "test",
    endpointName: name,
    baseUrl,
    model,
    machine: machineName(),
    startedAtMs,
    input: "",
  };
}
