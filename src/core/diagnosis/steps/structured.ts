/** Does JSON mode give JSON? */

import type { Step } from "../step.ts";

export const structured: Step<undefined> = {
  id: "structured",
  task: "chat",
  depth: "full",

  gather: () => Promise.resolve(undefined),

  judge: () => ({ status: "skipped", evidence: [], findings: [] }),
};
