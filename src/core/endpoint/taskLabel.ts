/** What a task is called. */

import * as l10n from "@vscode/l10n";

import type { Task } from "./endpoint.ts";

export function taskLabel(task: Task): string {
  const labels = { chat: l10n.t("chat"), embedding: l10n.t("embedding"), rerank: l10n.t("rerank") };
  return labels[task];
}
