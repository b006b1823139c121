/** Azure OpenAI (facts: servers.md). */

import type { ServerProfile } from "../serverProfile.ts";

export const azure: ServerProfile = {
  id: "azure",
  name: "Azure OpenAI",
  matches: ({ host }) => /\.openai\.azure\.com$/.test(host),
  unknownModel: "refused",
  longPrompt: "refused",
};
