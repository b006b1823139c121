/** OpenRouter (facts: servers.md 0.2-0.12 and 8). */

import type { ServerProfile } from "../serverProfile.ts";

export const openrouter: ServerProfile = {
  id: "openrouter",
  name: "OpenRouter",
  matches: ({ host, header }) =>
    /(^|\.)openrouter\.ai$/.test(host) || /^gen-/.test(header("x-generation-id")),
  openPaths: /^\/api\/v1\/models$/,
  // Errors may come in a 200.
  envelopes: ["nested"],
  unknownModel: "refused",
  thinking: { off: { reasoning: { enabled: false } }, on: { reasoning: { enabled: true } } },
  reasoningField: "reasoning",
  longPrompt: "refused",
  keepAlive: /^: OPENROUTER PROCESSING/,
};
