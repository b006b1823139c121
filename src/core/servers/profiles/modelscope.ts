/** ModelScope (魔搭) (facts: servers.md 0.2-0.12 and 8). */

import type { ServerProfile } from "../serverProfile.ts";

export const modelscope: ServerProfile = {
  id: "modelscope",
  name: "ModelScope",
  matches: ({ host, hasHeader }) =>
    hasHeader("modelscope-ratelimit-") || /(^|\.)modelscope\.(cn|ai)$/.test(host),
  openPaths: /^\/v1\/models$/,
  envelopes: ["nested"],
  unknownModel: "refused",
  thinking: { off: { enable_thinking: false }, on: { enable_thinking: true } },
  reasoningField: "reasoning_content",
  longPrompt: "refused",
};
