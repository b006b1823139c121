/** Azure OpenAI (facts: servers.md 0.2-0.4 and 8). */

import type { ServerProfile } from "../serverProfile.ts";

export const azure: ServerProfile = {
  id: "azure",
  name: "Azure OpenAI",
  matches: ({ host, error }) =>
    /\.(openai|cognitiveservices|services\.ai)\.azure\.(com|us|cn)$/.test(host) ||
    error.startsWith("Access denied due to invalid subscription key"),
  envelopes: ["nested"],
  unknownModel: "refused",
  longPrompt: "refused",
};
