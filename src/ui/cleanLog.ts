/** The output channel, with every known secret removed on the way in. */

import type * as vscode from "vscode";

import type { Redactor } from "../core/diagnosis/redact.ts";
import type { Log } from "../core/ports.ts";

export function cleanLog(channel: vscode.LogOutputChannel, redactor: Redactor): Log {
  return {
    info: (message) => channel.info(redactor.clean(message)),
    warn: (message) => channel.warn(redactor.clean(message)),
    error: (message) => channel.error(redactor.clean(message)),
  };
}
