/** Checks what a person set against what a server takes, and makes of it what is sent. */

import * as l10n from "@vscode/l10n";

import type { NumberRange, ParameterSpec } from "../servers/chatParameters.ts";
import { isWithin, rangeText } from "../servers/rangeText.ts";
import type { DraftProblem } from "./chatDraft.ts";
import { type Fields, fieldsOf } from "./fields.ts";
import { readJson } from "./readJson.ts";

export interface ReadFields {
  readonly fields: Fields;
  readonly problems: readonly DraftProblem[];
}

/** Empty ones are not sent; names that the server's list does not have are passed on as they are. */
export function readParameters(values: Fields, specs: readonly ParameterSpec[]): ReadFields {
  const read = Object.entries(values)
    .filter(([, value]) => !isEmpty(value))
    .map(([name, value]) => {
      const spec = specs.find((each) => each.name === name);
      return [name, spec === undefined ? { value } : readValue(spec, value)] as const;
    });
  return {
    fields: Object.fromEntries(read.flatMap(([name, each]) => ("value" in each ? [[name, each.value]] : []))),
    problems: read.flatMap(([where, each]) => ("problem" in each ? [{ where, text: each.problem }] : [])),
  };
}

type ReadValue = { readonly value: unknown } | { readonly problem: string };

/** A field that was emptied, or a list from which the last entry was taken. */
function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === "string" && value.trim() === "") ||
    (Array.isArray(value) && value.length === 0)
  );
}

function readValue(spec: ParameterSpec, value: unknown): ReadValue {
  const { name, value: wanted } = spec;
  switch (wanted.kind) {
    case "number":
    case "integer":
      return readNumber(name, wanted, value);
    case "boolean":
      return readBoolean(name, value);
    case "text":
      return typeof value === "string"
        ? { value }
        : { problem: l10n.t("{0} has to be a text, and is {1}.", name, shown(value)) };
    case "texts":
      return readTexts(name, wanted.most, value);
    case "choice":
      return fieldsOf(value) !== undefined || wanted.of.includes(value as string)
        ? { value }
        : {
            problem: l10n.t(
              "{0} has to be one of {1}, and is {2}.",
              name,
              wanted.of.join(", "),
              shown(value),
            ),
          };
    case "json":
      return readJsonValue(name, wanted.of, value);
  }
}

function readNumber(
  name: string,
  wanted: NumberRange & { readonly kind: "number" | "integer" },
  given: unknown,
): ReadValue {
  const value = typeof given === "string" ? Number(given) : given;
  if (typeof value !== "number" || !Number.isFinite(value)) {
    return { problem: l10n.t("{0} has to be a number, and is {1}.", name, shown(given)) };
  }
  if (wanted.kind === "integer" && !Number.isInteger(value)) {
    return { problem: l10n.t("{0} has to be a whole number, and is {1}.", name, shown(given)) };
  }
  return isWithin(value, wanted)
    ? { value }
    : {
        problem: l10n.t(
          "{0} is {1}, and this server takes {2}. To see what it says of another value, set it in the extra JSON.",
          name,
          value,
          rangeText(name, wanted),
        ),
      };
}

function readBoolean(name: string, value: unknown): ReadValue {
  if (value === true || value === "true") {
    return { value: true };
  }
  return value === false || value === "false"
    ? { value: false }
    : { problem: l10n.t("{0} has to be true or false, and is {1}.", name, shown(value)) };
}

/** A single text becomes a list of one: TGI takes lists alone. */
function readTexts(name: string, most: number | undefined, given: unknown): ReadValue {
  const value: unknown = typeof given === "string" ? [given] : given;
  if (!Array.isArray(value) || !value.every((each) => typeof each === "string" && each !== "")) {
    return { problem: l10n.t("{0} has to be one or more texts, none of them empty.", name) };
  }
  return most !== undefined && value.length > most
    ? { problem: l10n.t("{0} takes {1} texts at most, and there are {2}.", name, most, value.length) }
    : { value };
}

function readJsonValue(name: string, of: "object" | "array", given: unknown): ReadValue {
  const read = typeof given === "string" ? readJson(given) : { kind: "value" as const, value: given };
  if (read.kind === "mistake") {
    return {
      problem: l10n.t(
        "{0} is no JSON: there is a mistake in line {1}, column {2}.",
        name,
        read.line,
        read.column,
      ),
    };
  }
  const fits = of === "array" ? Array.isArray(read.value) : fieldsOf(read.value) !== undefined;
  if (fits) {
    return { value: read.value };
  }
  return {
    problem:
      of === "array"
        ? l10n.t("{0} has to be a list in JSON, such as {1}.", name, "[{…}]")
        : l10n.t("{0} has to be an object in JSON, such as {1}.", name, "{…}"),
  };
}

const longestShown = 60;

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
