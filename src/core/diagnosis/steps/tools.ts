/** Does a tool call make the round trip? */

import type { Step } from "../step.ts";

export const tools: Step<undefined> = {
  id: "tools",
  task: "chat",
  depth: "full",

  gather: () => Promise.resolve(undefined),

  judge: () => ({ status: "skipped", evidence: [], findings: [] }),
};
