/** What a test needs and nothing else does: a bundle of its own (`dist/diagnosis.cjs`), loaded with the first test. */

import * as l10n from "@vscode/l10n";

import { diagnose } from "./ladder.ts";
import type { Report } from "./report.ts";
import { reportMarkdown } from "./reportMarkdown.ts";
import type { AnyStep } from "./step.ts";
import { steps } from "./steps/index.ts";

/** A localisation bundle: English texts to those of a language. Empty is English. */
export type Texts = Readonly<Record<string, string>>;

export interface Climb {
  readonly diagnose: typeof diagnose;
  readonly steps: readonly AnyStep[];
  /** A report in a language of choice. */
  readonly reportMarkdownIn: (texts: Texts, report: Report) => string;
}

/** The ladder, speaking this language: the bundle has a `@vscode/l10n` of its own. */
export function climb(usual: Texts): Climb {
  configureTexts(usual);
  return {
    diagnose,
    steps,
    // Nothing else is worded meanwhile, as nothing is awaited.
    reportMarkdownIn: (texts, report) => {
      configureTexts(texts);
      try {
        return reportMarkdown(report);
      } finally {
        configureTexts(usual);
      }
    },
  };
}

function configureTexts(texts: Texts): void {
  l10n.config({ contents: { ...texts } });
}
