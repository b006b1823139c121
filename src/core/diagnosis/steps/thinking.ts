/** Does thinking go to its own field, and can it be turned off? */

import type { Step } from "../step.ts";

export const thinking: Step<undefined> = {
  id: "thinking",
  task: "chat",
  depth: "full",

  gather: () => Promise.resolve(undefined),

  judge: () => ({ status: "skipped", evidence: [], findings: [] }),
};
