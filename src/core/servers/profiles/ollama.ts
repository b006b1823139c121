/** Ollama (facts: servers.md). */

import type { ServerProfile } from "../serverProfile.ts";

export const ollama: ServerProfile = {
  id: "ollama",
  name: "Ollama",
  matches: ({ ownedBy, header }) => ownedBy === "library" && header("server") === "",
  unknownModel: "refused",
  longPrompt: "truncated",
};
