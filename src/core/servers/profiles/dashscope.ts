/** DashScope (facts: servers.md). */

import type { ServerProfile } from "../serverProfile.ts";

export const dashscope: ServerProfile = {
  id: "dashscope",
  name: "DashScope",
  matches: ({ hasHeader, host }) => hasHeader("x-dashscope-") || /dashscope|maas\.aliyuncs/.test(host),
  unknownModel: "refused",
  longPrompt: "refused",
};
