/** Does a streamed answer arrive piece by piece, and end as it should? */

import type { Step } from "../step.ts";

export const stream: Step<undefined> = {
  id: "stream",
  task: "chat",
  depth: "full",

  gather: () => Promise.resolve(undefined),

  judge: () => ({ status: "skipped", evidence: [], findings: [] }),
};
