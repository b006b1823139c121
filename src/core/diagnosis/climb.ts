/** What a test needs and nothing else does: a bundle of its own (`dist/diagnosis.cjs`), loaded with the first test. */

import * as l10n from "@vscode/l10n";

import { diagnose } from "./ladder.ts";
import type { Report } from "./report.ts";
import { reportMarkdown } from "./reportMarkdown.ts";
import { steps } from "./steps/index.ts";

export { diagnose, steps };

/** A localisation bundle: English texts to those of a language. Empty is English. */
export type Texts = Readonly<Record<string, string>>;

/** From now on this bundle speaks this language: it has a `@vscode/l10n` of its own. */
export function configureTexts(texts: Texts): void {
  l10n.config({ contents: { ...texts } });
}

/** A report in a language of choice. Nothing else is worded meanwhile, as nothing is awaited. */
export function reportMarkdownIn(texts: Texts, report: Report, usual: Texts): string {
  configureTexts(texts);
  try {
    return reportMarkdown(report);
  } finally {
    configureTexts(usual);
  }
}
