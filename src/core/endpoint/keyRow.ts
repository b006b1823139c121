/** The row below an endpoint that says which key it uses. */

import * as l10n from "@vscode/l10n";

import { nameSource } from "../keys/keyLabel.ts";
import { explainKey, keyLine } from "../keys/keyWords.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Health } from "./health.ts";
import type { Row, RowContext } from "./row.ts";

const heldBack = new Set<string>(["other-origin", "needs-consent", "plain-http", "failed"]);

/** `contextValue` tells the menus whether the key can be managed. */
export function keyRow(
  { id, key }: Endpoint,
  { key: status }: Health,
  contextValue: "key" | "text",
  { formatDate }: Pick<RowContext, "formatDate">,
): Row {
  const label = l10n.t("Key");
  const description = status === undefined ? nameSource(key) : keyLine(status, formatDate);
  const lines = status === undefined ? [l10n.t("Not checked yet")] : explainKey(status);
  return {
    key: `endpoint:${id}:key`,
    label,
    description,
    tooltip: [`${label}: ${description}`, ...lines].join("\n"),
    icon: "key",
    ...(heldBack.has(status?.state ?? "") ? { color: "problemsWarningIcon.foreground" } : {}),
    contextValue,
    endpointId: id,
    children: "none",
  };
}
