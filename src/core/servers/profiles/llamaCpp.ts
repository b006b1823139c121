/** llama.cpp (facts: servers.md). */

import type { ServerProfile } from "../serverProfile.ts";

export const llamaCpp: ServerProfile = {
  id: "llama.cpp",
  name: "llama.cpp",
  matches: ({ header, ownedBy }) => header("server") === "llama.cpp" || ownedBy === "llamacpp",
  unknownModel: "ignored",
  longPrompt: "refused",
};
