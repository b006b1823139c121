/** Asks where an endpoint's key comes from, with what its source needs to be named. */

import * as vscode from "vscode";

import { readCommandLine, shellSigns } from "../../../core/keys/commandLine.ts";
import type { RawEntry } from "../../settings/endpointSettings.ts";

type Answer = Promise<RawEntry | undefined>;

/** Names an endpoint in what is suggested. */
interface Named {
  readonly id: string;
}

/** The field `key` to write; undefined when the person cancels. */
export async function askKeySource(endpoint: Named): Answer {
  const placeHolder = vscode.l10n.t("Where the key comes from");
  const picked = await vscode.window.showQuickPick(sourceItems(endpoint), {
    placeHolder,
    ignoreFocusOut: true,
  });
  return picked?.ask();
}

/** A variable of the extension host. */
export async function askEnv(endpoint: Named): Answer {
  const name = await askEnvName(endpoint);
  return name === undefined ? undefined : { key: { from: "env", name } };
}

export async function askFile({ id }: Named): Answer {
  const path = await ask({
    title: vscode.l10n.t("Path of the file"),
    prompt: vscode.l10n.t(
      "On the machine the requests leave from. A newline at its end is no part of the key.",
    ),
    value: `/run/secrets/${id}`,
    problem: (text) =>
      /^(~?[\\/]|[A-Za-z]:[\\/])/.test(text)
        ? undefined
        : vscode.l10n.t("Write an absolute path, or one below ~/"),
  });
  return path === undefined ? undefined : { key: { from: "file", path } };
}

/** Service and account of an entry of the system's keychain. */
export async function askKeychain({
  id,
}: Named): Promise<
  { readonly from: "keychain"; readonly service: string; readonly account: string } | undefined
> {
  const service = await ask({
    title: vscode.l10n.t("Service of the keychain entry"),
    prompt: vscode.l10n.t("Python's keyring reads the same entry: keyring.get_password(service, account)"),
    value: "qwen-endpoints",
    problem: present,
  });
  const account =
    service === undefined
      ? undefined
      : await ask({ title: vscode.l10n.t("Account of the keychain entry"), value: id, problem: present });
  return service === undefined || account === undefined ? undefined : { from: "keychain", service, account };
}

function sourceItems(endpoint: Named): (vscode.QuickPickItem & { readonly ask: () => Answer })[] {
  const fixed = (from: string) => (): Answer => Promise.resolve({ key: { from } });
  return [
    { label: "secret", description: vscode.l10n.t("VS Code's secret storage"), ask: fixed("secret") },
    { label: "env", description: vscode.l10n.t("an environment variable"), ask: () => askEnv(endpoint) },
    {
      label: ".env",
      description: vscode.l10n.t("a variable of a .env file"),
      ask: () => askDotenv(endpoint),
    },
    { label: "file", description: vscode.l10n.t("a file"), ask: () => askFile(endpoint) },
    { label: "command", description: vscode.l10n.t("what a program prints"), ask: askCommand },
    {
      label: "keychain",
      description: vscode.l10n.t("the system's keychain"),
      ask: async () => {
        const key = await askKeychain(endpoint);
        return key === undefined ? undefined : { key };
      },
    },
    { label: "none", description: vscode.l10n.t("no key"), ask: fixed("none") },
  ];
}

async function askEnvName({ id }: Named): Promise<string | undefined> {
  return ask({
    title: vscode.l10n.t("Name of the environment variable"),
    value: `QWEN_${id.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}_API_KEY`,
    problem: (text) =>
      /^[A-Za-z_]\w*$/.test(text)
        ? undefined
        : vscode.l10n.t("Letters, digits and _ alone: the variable's name, not the key"),
  });
}

async function askDotenv(endpoint: Named): Answer {
  const file = await ask({
    title: vscode.l10n.t("Path of the .env file"),
    prompt: vscode.l10n.t("An absolute path, or one below the first workspace folder"),
    value: ".env",
    problem: present,
  });
  const name = file === undefined ? undefined : await askEnvName(endpoint);
  return name === undefined ? undefined : { key: { from: "env", name, file } };
}

async function askCommand(): Answer {
  const line = await ask({
    title: vscode.l10n.t("Program and arguments that print the key"),
    prompt: vscode.l10n.t("Run without a shell; quotes keep an argument together"),
    value: "",
    problem: (text) => {
      const words = readCommandLine(text);
      if (words === undefined || words.length === 0) {
        return vscode.l10n.t("Write a program and its arguments, quotes in pairs");
      }
      const signs = shellSigns(text);
      const message =
        signs === undefined
          ? vscode.l10n.t("Runs {0}", JSON.stringify(words))
          : vscode.l10n.t("No shell reads this: {0} goes to the program as it stands", signs);
      const { Info, Warning } = vscode.InputBoxValidationSeverity;
      return { message, severity: signs === undefined ? Info : Warning };
    },
  });
  return line === undefined ? undefined : { key: { from: "command", command: readCommandLine(line) } };
}

function present(text: string): string | undefined {
  return text === "" ? vscode.l10n.t("This can not be empty") : undefined;
}

interface Question {
  readonly title: string;
  readonly prompt?: string;
  readonly value: string;
  readonly problem: (text: string) => string | vscode.InputBoxValidationMessage | undefined;
}

async function ask({ problem, ...box }: Question): Promise<string | undefined> {
  const validateInput = (text: string): ReturnType<Question["problem"]> => problem(text.trim());
  const text = await vscode.window.showInputBox({ ...box, validateInput, ignoreFocusOut: true });
  return text?.trim();
}
