/** One row of the tables of what servers say. */

import type { FindingCode } from "./finding.ts";

/** When an error reply is this finding: both conditions must hold, and the first rule that does decides. */
export interface ReplyRule {
  readonly code: FindingCode;
  /** Statuses the rule holds for; absent for any. A 401 reaches the rules that name it and `says` something, before the key is blamed. */
  readonly statuses?: readonly number[];
  /** Looked for in the server's message, code and type, joined with spaces; in the start of the body where there is no such error. */
  readonly says?: RegExp;
}
