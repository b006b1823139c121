/** Commands that test and run, the panel that shows it, and the fixes it offers: a bundle of its own (`dist/running.cjs`), with a `@vscode/l10n` of its own. */

import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";

import type { ReadWithSdk } from "../../core/chat/sdkReading.ts";
import type { Redactor } from "../../core/diagnosis/redact.ts";
import { applyFix } from "../applyFix.ts";
import type { FixDependencies } from "../fixes/fixDependencies.ts";
import { answerDoor } from "../panel/answerHandlers.ts";
import { composerDoor } from "../panel/composerHandlers.ts";
import { RunPanels } from "../panel/runPanels.ts";
import { wireHandlers } from "../panel/wireHandlers.ts";
import { testRun, type TestDependencies } from "../runs/testRun.ts";
import type { KeyDependencies } from "./keys/keyDependencies.ts";
import type { CommandHandlers } from "./registerCommands.ts";
import { runCommands } from "./runCommands.ts";
import type { runningIds } from "./runningIds.ts";
import { testCommands } from "./testCommands.ts";

/** What the bundle is given; the panels are its own. */
export type RunningDependencies = Omit<TestDependencies, "panels" | "readWithSdk"> &
  FixDependencies & {
    readonly extensionUri: vscode.Uri;
    /** Where runs are kept; undefined without a workspace. */
    readonly runStorage: vscode.Uri | undefined;
    /** Remembers what the panels show. */
    readonly runMemory: vscode.Memento;
    /** Loads the SDK on first use. */
    readonly sdk: () => Promise<{ readonly readWithSdk: ReadWithSdk }>;
    readonly redactor: Redactor;
    /** Disposed of when the window closes. */
    readonly subscriptions: { dispose(): unknown }[];
  };

export interface Running {
  readonly commands: Pick<CommandHandlers, (typeof runningIds)[number]>;
  readonly testWith: KeyDependencies["testWith"];
  readonly applyFix: TestDependencies["applyFix"];
  /** A panel of before a reload. */
  readonly restore: RunPanels["restore"];
}

export function running(texts: Readonly<Record<string, string>>, given: RunningDependencies): Running {
  l10n.config({ contents: { ...texts } });
  const panels: RunPanels = new RunPanels(given, {
    composer: composerDoor(() => ({ ...dependencies, redactor: given.redactor })),
    wire: (controlsOf) =>
      wireHandlers(controlsOf, {
        redactor: given.redactor,
        copy: (text) => vscode.env.clipboard.writeText(text),
      }),
    answer: answerDoor(given),
  });
  given.subscriptions.push(panels);
  const readWithSdk: ReadWithSdk = async (replay) => (await given.sdk()).readWithSdk(replay);
  const dependencies: TestDependencies = { ...given, panels, readWithSdk };
  const { store } = given;
  return {
    commands: { ...testCommands(store, dependencies), ...runCommands(store, dependencies) },
    testWith: (endpoint, key, askedBy) => testRun(endpoint, { depth: "basic", askedBy, key }, dependencies),
    applyFix: (endpointId, fix) => applyFix(endpointId, fix, given),
    restore: (panel, state) => panels.restore(panel, state),
  };
}
