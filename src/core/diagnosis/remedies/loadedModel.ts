/** Which of the served models a finding is about, where the server was started with one. */

import type { ModelInfo } from "../../endpoint/modelList.ts";
import type { ServerId } from "../../servers/serverId.ts";
import { suggestModels } from "../suggestModels.ts";
import type { About } from "./remedy.ts";

/** Started with their model on the command line; others load several. */
const withOneModel = new Set<ServerId>(["sglang", "vllm", "llama.cpp", "tei", "tgi", "lmdeploy"]);

/** The one that was asked for, by its id or its path; else the nearest, or the first. Undefined where nothing is listed. */
export function loadedModel({ serverId, model = "", served = [] }: About): ModelInfo | undefined {
  if (!withOneModel.has(serverId)) {
    return undefined;
  }
  // vLLM and SGLang list LoRA adapters too, without a context window.
  const whole = served.filter(({ contextLength }) => contextLength !== undefined);
  const bases = whole.length === 0 ? served : whole;
  const [near] = suggestModels(model, bases);
  return (
    bases.find(({ id }) => id === model) ??
    bases.find(({ root }) => root === model) ??
    bases.find(({ id }) => id === near) ??
    bases[0]
  );
}
