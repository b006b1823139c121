/** OpenAI itself (facts: servers.md 0.2-0.12 and 8). */

import type { ServerProfile } from "../serverProfile.ts";

export const openai: ServerProfile = {
  id: "openai",
  name: "OpenAI",
  matches: ({ host }) => host === "api.openai.com",
  envelopes: ["nested"],
  unknownModel: "refused",
  longPrompt: "refused",
};
