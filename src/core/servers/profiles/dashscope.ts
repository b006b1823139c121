/** Alibaba Cloud's DashScope (百炼), compatible and native (facts: servers.md 0.1-0.12 and 7). */

import { isDashScope } from "../../endpoint/baseUrl.ts";
import type { ServerProfile } from "../serverProfile.ts";

export const dashscope: ServerProfile = {
  id: "dashscope",
  name: "DashScope",
  matches: ({ hasHeader, host }) => hasHeader("x-dashscope-") || isDashScope(`https://${host}`),
  // The gateway's own errors and the native protocol's are flat.
  envelopes: ["nested", "flat", "empty"],
  unknownModel: "refused",
  // At the top level; open-source hybrids think by default.
  thinking: { off: { enable_thinking: false }, on: { enable_thinking: true } },
  reasoningField: "reasoning_content",
  longPrompt: "refused",
  rerank: { path: "/compatible-api/v1/reranks", documents: "documents", reply: "results" },
};
