/** Qwen Endpoints demo (facts: servers.md). */

import type { ServerProfile } from "../serverProfile.ts";

export const demo: ServerProfile = {
  id: "demo",
  name: "Qwen Endpoints demo",
  matches: ({ header }) => header("server") === "qwen-endpoints-demo",
  unknownModel: "refused",
  longPrompt: "refused",
};
