/** Templates that everybody has, in the language of the window. */

import * as l10n from "@vscode/l10n";

import type { PromptTemplate } from "./promptTemplate.ts";

/** `id` is the name in English, by which a program may ask for it whatever the language. */
export interface BuiltInTemplate extends PromptTemplate {
  readonly id: string;
}

export function builtInTemplates(): readonly BuiltInTemplate[] {
  return rows().map(([id, name, prompt]) => ({ id, name, prompt, extra: {} }));
}

function rows(): readonly (readonly [id: string, name: string, prompt: string])[] {
  return [
    ["Explain", l10n.t("Explain"), l10n.t("Explain what this does, step by step.")],
    [
      "Find mistakes",
      l10n.t("Find mistakes"),
      l10n.t("Find the mistakes in this, gravest first, and show how to correct each."),
    ],
    [
      "Translate into English",
      l10n.t("Translate into English"),
      l10n.t("Translate this into English. Answer with the translation alone."),
    ],
    [
      "Translate into Chinese",
      l10n.t("Translate into Chinese"),
      l10n.t("Translate this into Simplified Chinese. Answer with the translation alone."),
    ],
    [
      "Write tests",
      l10n.t("Write tests"),
      l10n.t("Write tests for this code from {0}, edge cases included.", "${file}"),
    ],
    [
      "Fix the problems shown",
      l10n.t("Fix the problems shown"),
      l10n.t(
        "Correct these problems in {0} and answer with the corrected code alone:\n\n{1}",
        "${file}",
        "${diagnostics}",
      ),
    ],
  ];
}
