/** Which software answers, and in which version? */

import type { Step } from "../step.ts";

export const server: Step<undefined> = {
  id: "server",

  gather: () => Promise.resolve(undefined),

  judge: () => ({ status: "skipped", evidence: [], findings: [] }),
};
