/** A report as it goes to the clipboard. */

import type { Report } from "../../core/diagnosis/report.ts";
import type { ReportFormat } from "../../shared/runPanel.ts";
import type { TestDependencies } from "./testRun.ts";

type CopyDependencies = Pick<TestDependencies, "diagnosis" | "textsOf">;

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
