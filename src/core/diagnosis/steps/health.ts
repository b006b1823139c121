/** Is the server loading, unhealthy or overloaded? */

import type { Step } from "../step.ts";

export const health: Step<undefined> = {
  id: "health",

  gather: () => Promise.resolve(undefined),

  judge: () => ({ status: "skipped", evidence: [], findings: [] }),
};
