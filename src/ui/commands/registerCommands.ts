/** Registers all commands from one typed table: the one place in ui that catches. */

import * as vscode from "vscode";

import type { Redactor } from "../../core/diagnosis/redact.ts";
import type { Log } from "../../core/ports.ts";
import type { CommandId, Commands } from "../../shared/manifest.ts";
import { isNotice } from "../notice.ts";
import { notify } from "../notify.ts";

/** A forgotten or surplus handler does not compile. */
export type CommandHandlers = {
  readonly [Id in CommandId]: (...args: Commands[Id]["args"]) => Promise<Commands[Id]["result"]>;
};

type ReportError = (error: unknown, what: string) => void;

/** What a handler throws is told to the person and logged, never thrown at the caller; results lose every known secret. */
export function registerCommands(
  handlers: CommandHandlers,
  report: ReportError,
  redactor: Redactor,
): vscode.Disposable {
  const registered = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        const run = handler as (...given: readonly unknown[]) => Promise<unknown>;
        return redactor.cleanDeep(await run(...args));
      } catch (error) {
        report(error, id);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}

/** A notice is only shown; anything else is logged too. */
export function errorReporter(log: Log, redactor: Redactor): ReportError {
  return (error, what) => {
    if (isNotice(error)) {
      void notify("warning", redactor.clean(error.message));
      return;
    }
    log.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const message = error instanceof Error ? error.message : String(error);
    void notify("error", redactor.clean(vscode.l10n.t("{0} failed: {1}", what, message)));
  };
}
