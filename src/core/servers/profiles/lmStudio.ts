/** LM Studio (facts: servers.md). */

import type { ServerProfile } from "../serverProfile.ts";

export const lmStudio: ServerProfile = {
  id: "lm-studio",
  name: "LM Studio",
  matches: ({ header, ownedBy }) => ownedBy === "organization_owner" && header("x-powered-by") === "Express",
  unknownModel: "refused",
  longPrompt: "refused",
};
