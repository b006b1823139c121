/** Every profile, the surest sign first. A gateway's own mark comes before what it passes on; of two that answer a probe alike, the one that is surer. */

import type { ServerProfile } from "../serverProfile.ts";
import { azure } from "./azure.ts";
import { dashscope } from "./dashscope.ts";
import { demo } from "./demo.ts";
import { litellm } from "./litellm.ts";
import { llamaCpp } from "./llamaCpp.ts";
import { lmdeploy } from "./lmdeploy.ts";
import { lmStudio } from "./lmStudio.ts";
import { modelscope } from "./modelscope.ts";
import { ollama } from "./ollama.ts";
import { openai } from "./openai.ts";
import { openrouter } from "./openrouter.ts";
import { sglang } from "./sglang.ts";
import { siliconflow } from "./siliconflow.ts";
import { tei } from "./tei.ts";
import { tgi } from "./tgi.ts";
import { vllm } from "./vllm.ts";
import { xinference } from "./xinference.ts";

export const profiles: readonly ServerProfile[] = [
  litellm,
  dashscope,
  siliconflow,
  modelscope,
  openrouter,
  openai,
  azure,
  demo,
  llamaCpp,
  vllm,
  lmdeploy,
  xinference,
  sglang,
  lmStudio,
  ollama,
  tgi,
  tei,
];
