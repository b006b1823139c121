/** `--header 'Name: value'`: what may stand there, and that no secret does. */

import * as l10n from "@vscode/l10n";

interface HeaderArguments {
  readonly values: Readonly<Record<string, string>>;
  /** The first thing that is wrong; never quotes a value. */
  readonly problem?: string;
}

const secretName = /authorization|cookie|key|token|secret|password/i;

/** Values of headers that carry secrets must come from the environment: `Authorization: Bearer ${env:NAME}`. */
export function readHeaderArguments(
  given: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): HeaderArguments {
  const values: Record<string, string> = {};
  for (const each of given) {
    const [, name = "", value = ""] = /^([^:]*):\s*(.*)$/s.exec(each) ?? [];
    const problem = problemOf(name.trim(), value.trim(), env);
    if (problem !== undefined) {
      return { values: {}, problem };
    }
    values[name.trim()] = value.trim();
  }
  return { values };
}

function problemOf(
  name: string,
  value: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
    return l10n.t(
      "--header: must be a name and a value with a colon between them, such as 'X-Team: search'.",
    );
  }
  const variables = [...value.matchAll(/\$\{env:([^}]+)\}/g)].map(([, variable = ""]) => variable);
  const literal = value.replace(/\$\{env:[^}]+\}/g, "").replace(/^(Bearer|Basic|Token)\s*/i, "");
  if (/\$\{/.test(literal)) {
    return l10n.t("--header {0}: only {1} is filled in here.", name, "${env:NAME}");
  }
  if (secretName.test(name) && literal !== "") {
    return l10n.t(
      "--header {0}: a secret is never an argument. Write its environment variable as {1}, or use --key-env NAME.",
      name,
      "${env:NAME}",
    );
  }
  const unset = variables.find((variable) => (env[variable] ?? "") === "");
  return unset === undefined
    ? undefined
    : l10n.t("--header {0}: the environment variable {1} is not set.", name, unset);
}
