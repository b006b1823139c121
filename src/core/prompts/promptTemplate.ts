/** Reads `qwen.promptTemplates`: whatever stands in the setting becomes templates and, entry by entry, clear problems. */

import * as l10n from "@vscode/l10n";

import { type Fields, fieldsOf, textOf } from "../chat/fields.ts";
import { unknownVariables, variableList } from "./fillTemplate.ts";

/** A prompt with variables in it, such as `${selection}`. */
export interface PromptTemplate {
  readonly name: string;
  readonly prompt: string;
  readonly system?: string;
  /** The id of the endpoint to ask. */
  readonly endpoint?: string;
  readonly model?: string;
  /** For the top level of the body. */
  readonly extra: Readonly<Record<string, unknown>>;
}

export interface TemplateProblem {
  /** Empty where the setting as a whole is meant. */
  readonly name: string;
  /** What is wrong and what to do, the name included. */
  readonly text: string;
}

/** Templates in the order of the setting; those with a problem are left out. */
export interface ReadTemplates {
  readonly templates: readonly PromptTemplate[];
  readonly problems: readonly TemplateProblem[];
}

export function readTemplates(setting: unknown): ReadTemplates {
  const entries = fieldsOf(setting ?? {});
  if (entries === undefined) {
    const text = l10n.t(
      "qwen.promptTemplates must be an object: the name of each template, and its prompt as text.",
    );
    return { templates: [], problems: [{ name: "", text }] };
  }
  const read = Object.entries(entries).map(([name, value]) => readTemplate(name, value));
  return {
    templates: read.flatMap((each) => ("template" in each ? [each.template] : [])),
    problems: read.flatMap((each) => ("template" in each ? [] : [each])),
  };
}

function readTemplate(name: string, value: unknown): { readonly template: PromptTemplate } | TemplateProblem {
  const fields = typeof value === "string" ? { prompt: value } : fieldsOf(value);
  const text = fields === undefined ? needsPrompt(name) : fieldProblem(name, fields);
  if (text !== undefined || fields === undefined) {
    return { name, text: text ?? needsPrompt(name) };
  }
  const optional = ["system", "endpoint", "model"].flatMap((field) => {
    const given = textOf(fields[field]);
    return given === undefined || given.trim() === "" ? [] : [[field, given] as const];
  });
  return {
    template: {
      name,
      prompt: textOf(fields["prompt"]) ?? "",
      extra: fieldsOf(fields["extra"]) ?? {},
      ...Object.fromEntries(optional),
    },
  };
}

const known: ReadonlySet<string> = new Set(["prompt", "system", "endpoint", "model", "extra"]);

function fieldProblem(name: string, fields: Fields): string | undefined {
  const surplus = Object.keys(fields).find((field) => !known.has(field));
  if (surplus !== undefined) {
    return l10n.t(
      'The template "{0}" has the field "{1}", which does not exist. There are prompt, system, endpoint, model and extra.',
      name,
      surplus,
    );
  }
  if ((textOf(fields["prompt"]) ?? "").trim() === "") {
    return needsPrompt(name);
  }
  const noText = ["system", "endpoint", "model"].find(
    (field) => fields[field] !== undefined && textOf(fields[field]) === undefined,
  );
  if (noText !== undefined) {
    return l10n.t('In the template "{0}", "{1}" must be a text in quotation marks.', name, noText);
  }
  if (fields["extra"] !== undefined && fieldsOf(fields["extra"]) === undefined) {
    return l10n.t(
      'In the template "{0}", "extra" must be an object such as {1}.',
      name,
      '{ "temperature": 0 }',
    );
  }
  return variableProblem(name, `${String(fields["prompt"])}\n${textOf(fields["system"]) ?? ""}`);
}

function needsPrompt(name: string): string {
  return l10n.t(
    'The template "{0}" has no prompt. Write a text, or an object with the prompt as its field "prompt".',
    name,
  );
}

function variableProblem(name: string, text: string): string | undefined {
  const [unknown] = unknownVariables(text);
  return unknown === undefined
    ? undefined
    : l10n.t(
        'The template "{0}" has the variable {1}, which does not exist. There are {2}. Write {3} if that text itself is meant.',
        name,
        `\${${unknown}}`,
        variableList,
        `$\${${unknown}}`,
      );
}
