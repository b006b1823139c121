/** LMDeploy (facts: servers.md). */

import type { ServerProfile } from "../serverProfile.ts";

export const lmdeploy: ServerProfile = {
  id: "lmdeploy",
  name: "LMDeploy",
  matches: ({ ownedBy }) => ownedBy === "lmdeploy",
  unknownModel: "refused",
  longPrompt: "refused",
};
