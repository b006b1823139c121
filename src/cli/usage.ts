/** What `--help` prints, and what a wrong call is pointed at. */

import * as l10n from "@vscode/l10n";

export function usage(): string {
  return [
    l10n.t("Says why a model endpoint does not work, and what to do."),
    "",
    "  qwen-endpoints test --base-url URL [--model ID] [--task chat|embedding|rerank] [--key-env NAME]",
    "                      [--header 'Name: value']… [--depth basic|full] [--json]",
    "  qwen-endpoints judge FILE.jsonl",
    "",
    `  --base-url   ${l10n.t("where the API begins, such as http://localhost:8000/v1")}`,
    `  --model      ${l10n.t("the model to ask; without it the first that the server lists")}`,
    `  --task       ${l10n.t("what the endpoint is used for; without it what the model is for")}`,
    `  --key-env    ${l10n.t("the environment variable that holds the key; a key is never an argument")}`,
    `  --header     ${l10n.t("sent with every request; secrets as {0}", "${env:NAME}")}`,
    `  --depth      ${l10n.t("basic: one short request a task; full, the default: every check")}`,
    `  --json       ${l10n.t("the whole report as JSON on standard output")}`,
    "",
    l10n.t(
      "judge reads recorded replies, one JSON object a line, and prints their finding codes; - reads standard input.",
    ),
    l10n.t("Exit codes: 0 healthy or warnings only, 1 a blocker, 2 wrong arguments or input, 130 cancelled."),
  ].join("\n");
}
