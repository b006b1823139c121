import type { CommandId } from "../../shared/manifest.ts";

/** The commands of `running.ts`, which is loaded when the first of them is called. */
export const runningIds = [
  "qwen.testEndpoint",
  "qwen.testAllEndpoints",
  "qwen.showReport",
  "qwen.askAboutSelection",
  "qwen.askAboutSelectionWith",
  "qwen.embedSelection",
  "qwen.newChat",
  "qwen.compareModels",
  "qwen.sendChat",
] as const satisfies readonly CommandId[];
