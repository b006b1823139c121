import type { CommandId } from "../../shared/manifest.ts";

/** The commands of `editing.ts`, which is loaded when the first of them is called. */
export const editingIds = [
  "qwen.addEndpoint",
  "qwen.editEndpoint",
  "qwen.removeEndpoint",
  "qwen.applyFix",
  "qwen.startDemoEndpoint",
  "qwen.stopDemoEndpoint",
  "qwen.setApiKey",
  "qwen.clearApiKey",
  "qwen.manageApiKey",
  "qwen.rotateApiKey",
  "qwen.copyApiKey",
  "qwen.moveApiKey",
] as const satisfies readonly CommandId[];
