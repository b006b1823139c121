/** SiliconFlow (facts: servers.md). */

import type { ServerProfile } from "../serverProfile.ts";

export const siliconflow: ServerProfile = {
  id: "siliconflow",
  name: "SiliconFlow",
  matches: ({ hasHeader, host }) => hasHeader("x-siliconcloud-") || host.includes("siliconflow"),
  unknownModel: "refused",
  longPrompt: "refused",
};
