/** A parameter between its value and what is typed for it. */

import * as l10n from "@vscode/l10n";
import type { ParameterSpec } from "../../../core/servers/chatParameters.ts";

type Spec = ParameterSpec["value"];

/** `problem`: why it can not be that; the value is then the text itself. */
export interface ReadValue {
  readonly value: unknown;
  readonly problem?: string;
}

/** Of a text that is not blank. What no server is known to have is JSON where it reads as JSON. */
export function valueOfText(text: string, spec: ParameterSpec | undefined): ReadValue {
  const typed = text.trim();
  switch (spec?.value.kind) {
    case "number":
    case "integer":
      return readNumber(typed, spec.value);
    case "text":
      return { value: text };
    case "texts":
      return readTexts(text, spec.value.most);
    case "choice":
      return spec.value.of.includes(typed)
        ? { value: typed }
        : { value: typed, problem: l10n.t("It is one of {0}.", spec.value.of.join(", ")) };
    case "json":
      return readJson(typed, spec.value.of);
    case undefined:
      return { value: parsed(typed) ?? text };
  }
}

function readNumber(typed: string, spec: Extract<Spec, { kind: "number" | "integer" }>): ReadValue {
  const value = Number(typed);
  if (!Number.isFinite(value)) {
    return { value: typed, problem: l10n.t("This is not a number.") };
  }
  if (spec.kind === "integer" && !Number.isInteger(value)) {
    return { value, problem: l10n.t("This is not a whole number.") };
  }
  const isWithin = value >= (spec.min ?? -Infinity) && value <= (spec.max ?? Infinity);
  return isWithin ? { value } : { value, problem: l10n.t("It has to be {0}.", rangeOf(spec)) };
}

/** A line each, or a list as JSON for texts that hold line breaks. */
function readTexts(text: string, most: number | undefined): ReadValue {
  const listed = text.trim().startsWith("[") ? parsed(text) : undefined;
  const value = isTexts(listed) ? listed : text.split("\n").filter((line) => line !== "");
  return most !== undefined && value.length > most
    ? { value, problem: l10n.t("At most {0} are possible.", most) }
    : { value };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function readJson(typed: string, of: "object" | "array"): ReadValue {
  try {
    const value: unknown = JSON.parse(typed);
    const isFitting =
      of === "array" ? Array.isArray(value) : value === Object(value) && !Array.isArray(value);
    return isFitting ? { value } : { value: typed, problem: notThat(of) };
  } catch (error) {
    return { value: typed, problem: notJson(error) };
  }
}

function notThat(of: "object" | "array"): string {
  return of === "array" ? l10n.t("This is not a JSON array.") : l10n.t("This is not a JSON object.");
}

function notJson(error: unknown): string {
  return l10n.t("This is not valid JSON: {0}", error instanceof Error ? error.message : String(error));
}

/** What is wrong with a text for a JSON object that may be blank. */
export function problemOfExtra(text: string): string | undefined {
  return text.trim() === "" ? undefined : readJson(text.trim(), "object").problem;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function textOfValue(value: unknown, spec: ParameterSpec | undefined): string {
  if (typeof value === "string") {
    return value;
  }
  if (isPlainTexts(value) && spec?.value.kind !== "json") {
    return value.join("\n");
  }
  return typeof value === "object" && value !== null ? JSON.stringify(value, null, 2) : String(value);
}

/** Could they be read back from a line each? */
function isPlainTexts(value: unknown): value is readonly string[] {
  return (
    isTexts(value) &&
    value.length > 0 &&
    value.every((each) => /^[^\n]+$/.test(each)) &&
    value[0]?.trim().startsWith("[") === false
  );
}

/** What is possible, in a few signs; empty where anything is. */
export function hintOf({ value }: ParameterSpec): string {
  switch (value.kind) {
    case "number":
    case "integer":
      return rangeOf(value);
    case "texts":
      return value.most === undefined
        ? l10n.t("One per line")
        : l10n.t("One per line, at most {0}", value.most);
    case "json":
      return value.of === "array" ? l10n.t("JSON array") : l10n.t("JSON object");
    default:
      return "";
  }
}

function rangeOf({ min, max }: { readonly min?: number; readonly max?: number }): string {
  if (min === undefined) {
    return max === undefined ? "" : l10n.t("at most {0}", max);
  }
  return max === undefined ? l10n.t("at least {0}", min) : l10n.t("{0} to {1}", min, max);
}
