/** SGLang (facts: servers.md). */

import type { ServerProfile } from "../serverProfile.ts";

export const sglang: ServerProfile = {
  id: "sglang",
  name: "SGLang",
  matches: ({ ownedBy }) => ownedBy === "sglang",
  unknownModel: "accepted",
  longPrompt: "refused",
};
