/** The line that starts the server of a finding, with its model. */

import { isModelPath } from "../isModelPath.ts";
import { profileOf } from "../../servers/profileOf.ts";
import type { LaunchNeeds } from "../../servers/serverProfile.ts";
import type { About } from "./remedy.ts";

/** Stands in where the true model is not known: the smallest of its kind. */
const examples = {
  chat: "Qwen/Qwen3-8B",
  embedding: "Qwen/Qwen3-Embedding-0.6B",
  rerank: "Qwen/Qwen3-Reranker-0.6B",
} as const;

/** Empty for a hosted server. */
export function launchLine(about: About, needs: Partial<LaunchNeeds> = {}): string {
  const { serverId, version, task } = about;
  const own = { ...namesOf(about), ...(task === undefined ? {} : { task }), ...needs };
  return profileOf(serverId).launch?.(own, version) ?? "";
}

/** A short name is what requests say; what to load for it is a repository or a path. */
function namesOf({ model = "", task = "chat" }: About): Pick<LaunchNeeds, "model" | "servedName"> {
  if (model === "") {
    return { model: examples[task] };
  }
  if (model.includes("/") || model.endsWith(".gguf") || isModelPath(model)) {
    return { model };
  }
  return { model: /^Qwen3-/.test(model) ? `Qwen/${model}` : examples[task], servedName: model };
}
