/** How many requests made a model work; apart from the findings' texts, which the page does not need. */

import * as l10n from "@vscode/l10n";

export function modelRequestsLabel(count: number): string {
  return count === 1 ? l10n.t("1 model request") : l10n.t("{0} model requests", count);
}
