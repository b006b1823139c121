/** A report as it goes to the clipboard. */

import type { Climb, Texts } from "../../core/diagnosis/climb.ts";
import type { Report } from "../../core/diagnosis/report.ts";
import type { ReportFormat } from "../../shared/runPanel.ts";

/** What words a report, loaded on first use. */
export interface CopyDependencies {
  readonly diagnosis: () => Promise<Climb>;
  /** The localisation bundle of a language, empty for English. */
  readonly textsOf: (language: "en" | "zh-cn") => Promise<Texts>;
}

/** Markdown in the language asked for, or the report itself, to be written as JSON. */
export async function copiedReport(
  report: Report,
  format: ReportFormat,
  { diagnosis, textsOf }: CopyDependencies,
): Promise<string | Report> {
  if (format === "json") {
    return report;
  }
  const language = format === "markdown-zh-cn" ? "zh-cn" : "en";
  const [{ reportMarkdownIn }, texts] = await Promise.all([diagnosis(), textsOf(language)]);
  return reportMarkdownIn(texts, report);
}
