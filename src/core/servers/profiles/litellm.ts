/** LiteLLM (facts: servers.md). */

import type { ServerProfile } from "../serverProfile.ts";

export const litellm: ServerProfile = {
  id: "litellm",
  name: "LiteLLM",
  matches: ({ hasHeader }) => hasHeader("x-litellm-"),
  unknownModel: "refused",
  longPrompt: "refused",
};
