/** SiliconFlow (硅基流动) (facts: servers.md 0.2-0.12 and 8). */

import type { ServerProfile } from "../serverProfile.ts";

export const siliconflow: ServerProfile = {
  id: "siliconflow",
  name: "SiliconFlow",
  // The two hosts are separate accounts.
  matches: ({ hasHeader, host }) => hasHeader("x-siliconcloud-") || /(^|\.)siliconflow\.(cn|com)$/.test(host),
  envelopes: ["flat", "json-string", "text"],
  unknownModel: "refused",
  thinking: { off: { enable_thinking: false }, on: { enable_thinking: true } },
  reasoningField: "reasoning_content",
  longPrompt: "refused",
  rerank: { path: "/v1/rerank", documents: "documents", reply: "results" },
};
