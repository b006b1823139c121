/** OpenRouter (facts: servers.md). */

import type { ServerProfile } from "../serverProfile.ts";

export const openrouter: ServerProfile = {
  id: "openrouter",
  name: "OpenRouter",
  matches: ({ host }) => host.includes("openrouter.ai"),
  unknownModel: "refused",
  longPrompt: "refused",
};
