/** The server software and the providers we know. */

export const serverIds = [
  "sglang",
  "vllm",
  "llama.cpp",
  "ollama",
  "tei",
  "tgi",
  "lmdeploy",
  "xinference",
  "litellm",
  "lm-studio",
  "dashscope",
  "siliconflow",
  "modelscope",
  "openrouter",
  "openai",
  "azure",
  "demo",
  "unknown",
] as const;
export type ServerId = (typeof serverIds)[number];
