/** OpenAI (facts: servers.md). */

import type { ServerProfile } from "../serverProfile.ts";

export const openai: ServerProfile = {
  id: "openai",
  name: "OpenAI",
  matches: ({ host }) => host === "api.openai.com",
  unknownModel: "refused",
  longPrompt: "refused",
};
