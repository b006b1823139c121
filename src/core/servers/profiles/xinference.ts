/** Xinference (facts: servers.md). */

import type { ServerProfile } from "../serverProfile.ts";

export const xinference: ServerProfile = {
  id: "xinference",
  name: "Xinference",
  matches: ({ ownedBy }) => ownedBy === "xinference",
  unknownModel: "refused",
  longPrompt: "refused",
};
