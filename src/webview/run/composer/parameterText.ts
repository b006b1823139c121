/** A parameter between its value and what is typed for it. What is right is decided by the core, here as in the extension. */

import * as l10n from "@vscode/l10n";
import { readParameters } from "../../../core/chat/readParameters.ts";
import type { ParameterSpec } from "../../../core/servers/chatParameters.ts";
import { rangeText } from "../../../core/servers/rangeText.ts";

/** `problem`: why it can not be that; the value is then the text itself. */
export interface ReadValue {
  readonly value: unknown;
  readonly problem?: string;
}

/** Of a text that is not blank. What no server is known to have is JSON where it reads as JSON. */
export function valueOfText(text: string, spec: ParameterSpec | undefined): ReadValue {
  if (spec === undefined) {
    return { value: parsed(text) ?? text };
  }
  const typed = spec.value.kind === "texts" ? textsOf(text) : text;
  const { fields, problems } = readParameters({ [spec.name]: typed }, [spec]);
  const [problem] = problems;
  return problem === undefined ? { value: fields[spec.name] } : { value: text, problem: problem.text };
}

/** A line each, or a list as JSON for texts that hold line breaks. */
function textsOf(text: string): readonly string[] {
  const listed = text.trim().startsWith("[") ? parsed(text) : undefined;
  return isTexts(listed) ? listed : text.split("\n").filter((line) => line !== "");
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

/** What is wrong with the extra JSON, which may be blank. */
export function problemOfExtra(text: string): string | undefined {
  const extra: ParameterSpec = {
    name: l10n.t("Extra JSON"),
    value: { kind: "json", of: "object" },
    shown: "further",
  };
  return text.trim() === "" ? undefined : valueOfText(text, extra).problem;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function textOfValue(value: unknown): string {
  if (typeof value === "string") {
    return value;
  }
  if (isPlainTexts(value)) {
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
export function hintOf({ name, value }: ParameterSpec): string {
  switch (value.kind) {
    case "number":
    case "integer":
      return rangeText(name, value);
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
