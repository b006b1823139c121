/** vLLM (facts: servers.md). */

import type { ServerProfile } from "../serverProfile.ts";

export const vllm: ServerProfile = {
  id: "vllm",
  name: "vLLM",
  matches: ({ ownedBy }) => ownedBy === "vllm",
  unknownModel: "refused",
  longPrompt: "refused",
};
