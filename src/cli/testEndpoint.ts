/** Climbs the ladder for the command line. */

import * as l10n from "@vscode/l10n";

import { diagnose } from "../core/diagnosis/ladder.ts";
import type { Report } from "../core/diagnosis/report.ts";
import type { DiagnosisPorts, Subject } from "../core/diagnosis/step.ts";
import { steps } from "../core/diagnosis/steps/index.ts";
import type { KeyVault } from "../core/ports.ts";
import type { TestCommand } from "./arguments.ts";

/** Node's own transport uses no proxy, so every layer is measured. */
export async function* testEndpoint(
  { endpoint, task, depth }: TestCommand,
  vault: KeyVault,
  ports: DiagnosisPorts,
  platform: string,
  signal: AbortSignal,
): AsyncGenerator<Report> {
  const subject: Subject = {
    endpoint,
    credentials: await vault.read(endpoint),
    tasks: [task ?? "chat"],
    taskChoice: task === undefined ? "guessed" : "named",
    depth,
    machine: l10n.t("this computer"),
    platform,
  };
  yield* diagnose(steps, subject, ports, signal);
}
