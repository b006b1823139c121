/** From the arguments to a command, or to what is wrong with them. Never quotes what may be a key. */

import { parseArgs } from "node:util";

import * as l10n from "@vscode/l10n";

import type { Depth } from "../core/diagnosis/report.ts";
import { cleanBaseUrl, withoutTrailingSlash } from "../core/endpoint/baseUrl.ts";
import { type Endpoint, type Task, tasks } from "../core/endpoint/endpoint.ts";
import { guessTask } from "../core/endpoint/modelList.ts";
import { parseEndpoints } from "../core/endpoint/parseSettings.ts";
import { readHeaderArguments } from "./headerArguments.ts";
import { usage } from "./usage.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface TestCommand {
  readonly kind: "test";
  readonly endpoint: Endpoint;
  /** Undefined: neither task nor model says it. */
  readonly task: Task | undefined;
  readonly depth: Depth;
  readonly output: "text" | "json";
}

export type Command =
  | TestCommand
  | { readonly kind: "judge"; readonly file: string }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly problem: string };

const options = {
  "base-url": { type: "string" },
  model: { type: "string" },
  task: { type: "string" },
  "key-env": { type: "string" },
  header: { type: "string", multiple: true },
  depth: { type: "string", default: "full" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

export function parseCommand(args: readonly string[], env: Environment): Command {
  if (args.some((each) => /^--?(api-?)?(key|token)(=|$)/i.test(each))) {
    return wrong(keyHint());
  }
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [name, ...rest] = positionals;
    if (values.help || name === "help") {
      return { kind: "help" };
    }
    if (name === "judge") {
      return judgeCommand(rest);
    }
    return name === "test" && rest.length === 0 ? testCommand(values, env) : wrong(usage());
  } catch (error) {
    // Node quotes the option, never the value, but for arguments that are no option: those could be a key.
    const reason = error instanceof Error && "code" in error ? String(error.code) : "";
    const message =
      error instanceof Error && reason !== "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL" ? error.message : "";
    return wrong(`${message.split(". To specify")[0] ?? ""}\n\n${usage()}`.trim());
  }
}

function wrong(problem: string): Command {
  return { kind: "wrong", problem };
}

function keyHint(): string {
  return l10n.t(
    "A key is never an argument, because other programs can read arguments and shells keep them. Put it into an environment variable and name that: --key-env NAME",
  );
}

function judgeCommand(files: readonly string[]): Command {
  const [file] = files;
  return file === undefined || files.length > 1
    ? wrong(l10n.t("judge: name one file of recorded replies, or - for standard input."))
    : { kind: "judge", file };
}

interface Values {
  readonly "base-url"?: string | undefined;
  readonly model?: string | undefined;
  readonly task?: string | undefined;
  readonly "key-env"?: string | undefined;
  readonly header?: readonly string[] | undefined;
  readonly depth: string;
  readonly json: boolean;
}

function testCommand(values: Values, env: Environment): Command {
  const { model, depth, json } = values;
  const baseUrl = values["base-url"]?.trim() ?? "";
  const headers = readHeaderArguments(values.header ?? [], env);
  const problem =
    urlProblem(baseUrl) ?? keyProblem(values["key-env"], env) ?? choiceProblem(values) ?? headers.problem;
  if (problem !== undefined) {
    return wrong(problem);
  }
  const task =
    tasks.find((each) => each === values.task) ??
    (model === undefined ? undefined : (guessTask(model) ?? "chat"));
  const endpoint = endpointOf({
    baseUrl,
    key: values["key-env"] === undefined ? { from: "none" } : { from: "env", name: values["key-env"] },
    headers: headers.values,
    models: model === undefined ? {} : { [task ?? "chat"]: model },
  });
  return endpoint === undefined
    ? wrong(l10n.t("--model: must be the id of a model, not empty and not longer than 4096 characters."))
    : {
        kind: "test",
        endpoint,
        task,
        depth: depth === "basic" ? "basic" : "full",
        output: json ? "json" : "text",
      };
}

function urlProblem(baseUrl: string): string | undefined {
  if (baseUrl === "") {
    return l10n.t("--base-url: say where the API begins, such as http://localhost:8000/v1");
  }
  const cleaned = cleanBaseUrl(baseUrl);
  return cleaned.kind === "clean" && cleaned.keyInUrl !== undefined
    ? l10n.t("--base-url: must not hold a user name or a key. {0}", keyHint())
    : undefined;
}

function keyProblem(name: string | undefined, env: Environment): string | undefined {
  if (name === undefined) {
    return undefined;
  }
  // Whoever writes the key here reads it in the message, so it is not repeated.
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return l10n.t("--key-env: must be the name of an environment variable, not the key itself.");
  }
  return env[name] === undefined
    ? l10n.t("--key-env: the environment variable is not set. Set it, or leave the option out.")
    : undefined;
}

function choiceProblem({ task, depth }: Values): string | undefined {
  if (task !== undefined && !tasks.some((each) => each === task)) {
    return l10n.t("--task: must be one of {0}.", tasks.join(", "));
  }
  return depth === "basic" || depth === "full"
    ? undefined
    : l10n.t("--depth: must be one of {0}.", "basic, full");
}

/** As the settings parser reads an entry; the base URL is left for the ladder, whose first rung says what is wrong with it. */
function endpointOf(
  entry: { readonly baseUrl: string } & Readonly<Record<string, unknown>>,
): Endpoint | undefined {
  const [parsed] = parseEndpoints([{ ...entry, id: "cli", baseUrl: "http://localhost" }], "user");
  if (parsed?.kind !== "valid") {
    return undefined;
  }
  const baseUrl = withoutTrailingSlash(entry.baseUrl);
  // A header of the command line stands in no settings.
  return { ...parsed.endpoint, baseUrl, name: baseUrl, exposed: [] };
}
