/** Servers and providers that Add Endpoint offers, and where they listen unless told otherwise (facts: servers.md). */

import type { ServerId } from "./serverId.ts";

export interface Preset {
  /** Stem of the endpoint's id. */
  readonly id: string;
  readonly label: string;
  readonly baseUrl: string;
  /** Self-hosted servers need no key unless started with one. */
  readonly key: "none" | "needed";
  /** Local ports are what Discover scans. */
  readonly localPort?: number;
  /** What most likely listens on the local port. */
  readonly server?: ServerId;
}

function local(server: ServerId, label: string, localPort: number, key: Preset["key"] = "none"): Preset {
  const id = server.replace(".", "-");
  return { id, label, baseUrl: `http://localhost:${localPort}/v1`, key, localPort, server };
}

function hosted(id: string, label: string, baseUrl: string): Preset {
  return { id, label, baseUrl, key: "needed" };
}

export const presets: readonly Preset[] = [
  local("sglang", "SGLang", 30000),
  local("vllm", "vLLM", 8000),
  local("llama.cpp", "llama.cpp", 8080),
  local("ollama", "Ollama", 11434),
  local("lm-studio", "LM Studio", 1234),
  local("tei", "Text Embeddings Inference", 3000),
  local("xinference", "Xinference", 9997),
  local("lmdeploy", "LMDeploy", 23333),
  local("litellm", "LiteLLM", 4000, "needed"),
  hosted("dashscope", "DashScope (百炼), Beijing", "https://dashscope.aliyuncs.com/compatible-mode/v1"),
  hosted(
    "dashscope-intl",
    "DashScope (百炼), Singapore",
    "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
  ),
  hosted("dashscope-us", "DashScope (百炼), US", "https://dashscope-us.aliyuncs.com/compatible-mode/v1"),
  hosted("siliconflow", "SiliconFlow (硅基流动)", "https://api.siliconflow.cn/v1"),
  hosted("modelscope", "ModelScope (魔搭)", "https://api-inference.modelscope.cn/v1"),
  hosted("openrouter", "OpenRouter", "https://openrouter.ai/api/v1"),
  hosted("openai", "OpenAI", "https://api.openai.com/v1"),
];
