/** ModelScope (facts: servers.md). */

import type { ServerProfile } from "../serverProfile.ts";

export const modelscope: ServerProfile = {
  id: "modelscope",
  name: "ModelScope",
  matches: ({ host }) => host.includes("modelscope"),
  unknownModel: "refused",
  longPrompt: "refused",
};
