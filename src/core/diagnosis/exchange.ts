/** What went over the wire, kept for the report: secrets masked when it was recorded, and bodies cut. */

export interface Exchange {
  readonly method: string;
  /** Without its query, which may carry a key. */
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** At most 16 Ki characters; absent for a GET. */
  readonly requestBody?: string;
  /** Absent when no status line arrived. */
  readonly status?: number;
  readonly replyHeaders: Readonly<Record<string, string>>;
  /** At most 16 Ki characters of it. */
  readonly replyBody: string;
  /** The code of the fault that ended it. */
  readonly fault?: string;
  /** `variation`: not the rung's own request, but one that looked for the fix. */
  readonly role: "rung" | "variation";
  readonly durationMs: number;
}
