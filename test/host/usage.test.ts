import assert from "node:assert/strict";
import * as vscode from "vscode";

import { createRedactor } from "../../src/core/diagnosis/redact.ts";
import type { AuditFiles } from "../../src/core/audit/auditFiles.ts";
import type { UsageReport } from "../../src/core/usage/usageReport.ts";
import { nodeClock } from "../../src/io/nodeClock.ts";
import { UsagePanel } from "../../src/ui/usage/usagePanel.ts";
import { anAuditEntry, fakeAuditFiles } from "../support/usageEntries.ts";

const user = vscode.ConfigurationTarget.Global;

function usageTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.filter(({ input }) => input instanceof vscode.TabInputWebview && /qwen\.usage/.test(input.viewType)),
  );
}

describe("the usage report", () => {
  const extension = vscode.extensions.getExtension("qwen-endpoints.qwen-endpoints");
  const now = (): string => new Date().toISOString();
  const panelOf = (files: AuditFiles): UsagePanel => {
    assert.ok(extension !== undefined);
    return new UsagePanel({
      extensionUri: extension.extensionUri,
      redactor: createRedactor(),
      clock: nodeClock,
      auditFiles: () => Promise.resolve(files),
    });
  };
  const closeAll = async (): Promise<void> => {
    await vscode.window.tabGroups.close(usageTabs());
    // The panel hears of it a moment later.
    await new Promise((resolve) => setTimeout(resolve, 200));
  };
  afterEach(closeAll);

  it("is a command that returns the report", async () => {
    const report: UsageReport | undefined = await vscode.commands.executeCommand("qwen.showUsageReport");
    assert.ok(report !== undefined);
    assert.deepEqual(Object.keys(report.groups), ["endpoint", "model", "task", "key", "day"]);
    assert.equal(usageTabs().length, 1);
    assert.equal(usageTabs()[0]?.label, "Qwen: Usage");
  });

  it("adds up the log, in one panel however often it is asked for", async () => {
    const panel = panelOf(fakeAuditFiles([anAuditEntry({ time: now() }), anAuditEntry({ time: now() })]));
    const [first, second] = await Promise.all([panel.show(), panel.show()]);
    assert.equal(first?.total.requests, 2);
    assert.deepEqual(second, first);
    assert.equal((await panel.show())?.total.requests, 2);
    assert.equal(usageTabs().length, 1);
  });

  it("opens again after it was closed", async () => {
    const panel = panelOf(fakeAuditFiles([anAuditEntry({ time: now() })]));
    await panel.show();
    await closeAll();
    assert.equal(usageTabs().length, 0);
    assert.equal((await panel.show())?.total.requests, 1);
    assert.equal(usageTabs().length, 1);
  });

  it("stops reading when it is closed", async () => {
    let signal: AbortSignal | undefined;
    const endless: AuditFiles = {
      ...fakeAuditFiles([]),
      read: (options) =>
        new Promise((resolve) => {
          signal = options.signal;
          options.signal.addEventListener("abort", () => resolve());
        }),
    };
    const reading = panelOf(endless).show();
    while (signal === undefined) await new Promise((resolve) => setTimeout(resolve, 50));
    await closeAll();
    assert.equal(await reading, undefined);
    assert.equal(signal.aborted, true);
  });

  it("counts the cost anew when prices change", async () => {
    const settings = vscode.workspace.getConfiguration("qwen");
    let readings = 0;
    const files = fakeAuditFiles([anAuditEntry({ time: now() })]);
    const counting: AuditFiles = {
      ...files,
      read: (options) => {
        readings += 1;
        return files.read(options);
      },
    };
    const panel = panelOf(counting);
    assert.deepEqual((await panel.show())?.total.cost, {});
    await settings.update("prices", { "Qwen3-8B": { input: 1, output: 2, currency: "CNY" } }, user);
    while (readings < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual((await panel.show())?.total.cost, { CNY: 0.0002 });
    await settings.update("prices", undefined, user);
  });
});
