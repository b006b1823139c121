/** The demo endpoint of this extension (src/demo). */

import type { ServerProfile } from "../serverProfile.ts";
import { templateSwitch } from "./templateSwitch.ts";

export const demo: ServerProfile = {
  id: "demo",
  name: "Qwen Endpoints demo",
  matches: ({ header }) => header("server") === "qwen-endpoints-demo",
  health: { path: "/health", cost: "free" },
  openPaths: /^\/health$/,
  envelopes: ["nested"],
  unknownModel: "refused",
  thinking: templateSwitch,
  reasoningField: "reasoning_content",
  longPrompt: "refused",
  rerank: { path: "/v1/rerank", documents: "documents", reply: "results" },
};
