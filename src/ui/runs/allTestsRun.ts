/** The tests of all endpoints at once, shown as a table that fills as they end. */

import * as vscode from "vscode";

import type { Report } from "../../core/diagnosis/report.ts";
import { type Tested, testRows, testsVerdict } from "../../core/endpoint/testSummary.ts";
import { machineName } from "../machine.ts";
import type { RunHead } from "../../shared/runPanel.ts";
import type { RunSession } from "../panel/runSession.ts";
import { ending } from "./ending.ts";
import { showReport, silentTest, type TestDependencies, type TestOptions } from "./testRun.ts";

/** So many that a hundred endpoints take as long as the slowest of them, and dead ones hold up nobody. */
const atOnce = 100;

/** Rows that end within this time are drawn together. */
const gatherMs = 50;

interface Course {
  readonly tested: Tested[];
  readonly reports: Report[];
  readonly session: RunSession;
  readonly abort: AbortController;
}

/** Resolves with the reports in the order in which they ended. */
export async function allTestsRun(
  options: TestOptions,
  dependencies: TestDependencies,
): Promise<readonly Report[]> {
  const tested = dependencies.store
    .endpoints()
    .map((endpoint): Tested => ({ endpoint, progress: "waiting" }));
  const abort = new AbortController();
  const session = dependencies.panels.show(headOf(dependencies.clock.epochMs()), {
    stop: () => abort.abort(),
    again: () => dependencies.inBackground(allTestsRun(options, dependencies)),
    copyText: () => "",
    applyFix: () => Promise.resolve(),
    showReport: (endpointId) => openReport(endpointId, course, dependencies),
  });
  const course: Course = { tested, reports: [], session, abort };
  return ending(session, async () => {
    const title = vscode.l10n.t("Testing {0} endpoints", tested.length);
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, (progress) =>
      testEach(course, options, dependencies, (message) => progress.report({ message })),
    );
    draw(course);
    session.end({ state: abort.signal.aborted ? "stopped" : "finished" });
    return course.reports;
  });
}

async function testEach(
  course: Course,
  options: TestOptions,
  dependencies: TestDependencies,
  tell: (message: string) => void,
): Promise<void> {
  const { tested, reports, abort } = course;
  const waiting = [...tested.entries()];
  const later = drawingLater(course);
  later.ask();
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !abort.signal.aborted; next = waiting.shift()) {
      const [index, { endpoint }] = next;
      tested[index] = { endpoint, progress: "running" };
      const report = await silentTest(endpoint, options, dependencies, abort.signal);
      tested[index] = { endpoint, progress: report };
      reports.push(report);
      tell(`${reports.length}/${tested.length}`);
      later.ask();
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, tested.length) }, work)).finally(later.cancel);
}

function drawingLater(course: Course): { readonly ask: () => void; readonly cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    ask: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        draw(course);
      }, gatherMs);
    },
    cancel: () => clearTimeout(timer),
  };
}

function draw({ tested, session }: Course): void {
  const verdict = testsVerdict(tested);
  session.update({
    rungs: [],
    findings: [],
    tests: testRows(tested),
    ...(verdict === undefined ? {} : { verdict }),
  });
}

/** The newest report of the endpoint, else the one of this summary. */
async function openReport(
  endpointId: string,
  { tested }: Course,
  dependencies: TestDependencies,
): Promise<void> {
  const row = tested.find(({ endpoint }) => endpoint.id === endpointId);
  const newest = dependencies.store.report(endpointId);
  if (newest !== undefined) {
    await vscode.commands.executeCommand("qwen.showReport", endpointId);
  } else if (row !== undefined && typeof row.progress !== "string") {
    showReport(row.endpoint, row.progress, dependencies);
  }
}

function headOf(startedAtMs: number): RunHead {
  return {
    runId: crypto.randomUUID(),
    kind: "tests",
    endpointName: vscode.l10n.t("All endpoints"),
    baseUrl: "",
    model: "",
    machine: machineName(),
    startedAtMs,
    input: "",
  };
}
