/** A template and what is selected, as the messages of a chat. */

import { userMessage, type WireMessage } from "../chat/wireMessage.ts";
import { fenced } from "./fenced.ts";
import { fillTemplate, type TemplateValues, usesVariable } from "./fillTemplate.ts";
import type { PromptTemplate } from "./promptTemplate.ts";

type Texts = Pick<PromptTemplate, "prompt" | "system">;

/** Where no text mentions the selection, it follows the prompt as a code block. */
export function templateMessages(template: Texts, values: TemplateValues): readonly WireMessage[] {
  const prompt = fillTemplate(template.prompt, values);
  const follows =
    values.selection !== "" && !textsOf(template).some((text) => usesVariable(text, "selection"));
  const asked = userMessage(follows ? `${prompt}\n\n${fenced(values.selection, values.languageId)}` : prompt);
  return template.system === undefined
    ? [asked]
    : [{ role: "system", content: fillTemplate(template.system, values) }, asked];
}

/** Can it be asked where nothing is selected? The problems of the whole file are then meant, and its text goes along. */
export function suitsWholeFile(template: Texts): boolean {
  return textsOf(template).some((text) => usesVariable(text, "diagnostics"));
}

function textsOf({ prompt, system }: Texts): readonly string[] {
  return [prompt, ...(system === undefined ? [] : [system])];
}
