/** A row of the Endpoints view, as data. */

import type { Fix } from "../diagnosis/finding.ts";

/** Icons are codicon ids; colours are theme colour ids. All texts are plain. */
export interface Row {
  /** Unique in the tree and stable, so that the view keeps what is selected and expanded. */
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: string;
  readonly color?: string;
  /** For `when` clauses of the manifest. */
  readonly contextValue: string;
  readonly endpointId?: string;
  readonly fix?: Fix;
  readonly children: "none" | "collapsed";
}

/** What the rows need besides the store. */
export interface RowContext {
  /** Of milliseconds since 1970, in the window's language: `14:03:11`. Made once: a formatter costs more than all else in a row. */
  readonly formatTime: (epochMs: number) => string;
  /** Of milliseconds since 1970: `2026-11-21`. */
  readonly formatDate: (epochMs: number) => string;
  /** The id of the running demo endpoint, which is not in the settings. */
  readonly demoId: string | undefined;
}
