/** What may be set on a server, each with its source in `parameters/`: names, ranges, defaults, and its switch for thinking. */

import type { Endpoint } from "../endpoint/endpoint.ts";
import type { ParameterSpec, ThinkingChoice, ThinkingControl } from "./chatParameters.ts";
import { thinkingBudgets } from "./parameters/budgets.ts";
import { dashscope } from "./parameters/dashscope.ts";
import { demo } from "./parameters/demo.ts";
import { generate } from "./parameters/generate.ts";
import { llamaCpp } from "./parameters/llamaCpp.ts";
import { lmdeploy } from "./parameters/lmdeploy.ts";
import { lmStudio } from "./parameters/lmStudio.ts";
import { ollama } from "./parameters/ollama.ts";
import { openai } from "./parameters/openai.ts";
import { openrouter } from "./parameters/openrouter.ts";
import { sglang } from "./parameters/sglang.ts";
import { siliconflow } from "./parameters/siliconflow.ts";
import { tgi } from "./parameters/tgi.ts";
import { unknown } from "./parameters/unknown.ts";
import { vllm } from "./parameters/vllm.ts";
import { xinference } from "./parameters/xinference.ts";
import { profileOf } from "./profileOf.ts";
import type { ServerId } from "./serverId.ts";

const byServer: Readonly<Record<ServerId, readonly ParameterSpec[]>> = {
  sglang,
  vllm,
  "llama.cpp": llamaCpp,
  ollama,
  // It has no chat.
  tei: unknown,
  tgi,
  lmdeploy,
  xinference,
  litellm: unknown,
  "lm-studio": lmStudio,
  dashscope,
  siliconflow,
  modelscope: unknown,
  openrouter,
  openai,
  azure: openai,
  demo,
  unknown,
};

/** In the order in which they are shown. Of an unknown server those that most have, without ranges. */
export function parametersOf(
  server: ServerId | undefined,
  protocol: Endpoint["protocol"],
): readonly ParameterSpec[] {
  return protocol === "generate" ? generate : byServer[server ?? "unknown"];
}

/** The switch of its profile, and its budget; undefined where there is none. */
export function thinkingOf(
  server: ServerId | undefined,
  protocol: Endpoint["protocol"] = "openai",
): ThinkingControl | undefined {
  const { thinking } = profileOf(server);
  if (thinking === undefined || protocol === "generate") {
    return undefined;
  }
  const limit = server === undefined ? undefined : thinkingBudgets[server];
  const fields = (choice: ThinkingChoice): Readonly<Record<string, unknown>> | undefined => {
    if (choice.kind !== "budget") {
      return thinking[choice.kind];
    }
    return limit === undefined ? undefined : { ...thinking.on, ...limit.fields(choice.tokens) };
  };
  return limit === undefined
    ? { fields, kinds: ["on", "off"] }
    : { fields, kinds: ["on", "off", "budget"], budget: limit.range };
}
