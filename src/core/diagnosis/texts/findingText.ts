/** The form of the tables beside this file, one area a file. */

import type { FindingCode } from "../finding.ts";

/** Functions, because the language is known only after the tables are loaded. Their strings stay literal, so that l10n-dev finds them. */
export interface FindingText {
  readonly title: () => string;
  readonly explanation: () => string;
}

/** A text for every code of an area, and for no other. */
export type AreaTexts<Area extends string> = Readonly<
  Record<Extract<FindingCode, `${Area}.${string}`>, FindingText>
>;
