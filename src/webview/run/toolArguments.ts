/** The arguments of a tool call, as they are shown. */

import { indentJson } from "../../core/chat/indentJson.ts";

export interface ShownArguments {
  readonly text: string;
  /** What is wrong with them, where that is known: they may still be on their way. */
  readonly state: "whole" | "empty" | "not-json" | "not-an-object";
}

/** Longer ones stay as they came. */
const longestIndented = 1_000_000;

export function shownArguments(text: string): ShownArguments {
  if (text.trim() === "") {
    return { text: "", state: "empty" };
  }
  try {
    const value: unknown = JSON.parse(text);
    const isObject = value === Object(value) && !Array.isArray(value);
    return {
      text: text.length > longestIndented ? text : indentJson(text),
      state: isObject ? "whole" : "not-an-object",
    };
  } catch {
    return { text, state: "not-json" };
  }
}
