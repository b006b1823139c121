/** Which server software answered, from what a models reply gives away. One table; a server is a row. */

/** Headers in lower case; `ownedBy` is `data[0].owned_by`. */
interface Traits {
  readonly header: (name: string) => string;
  readonly hasHeader: (prefix: string) => boolean;
  readonly ownedBy: string;
  readonly host: string;
}

interface Fingerprint {
  readonly name: string;
  readonly matches: (traits: Traits) => boolean;
}

/** Cheapest and surest first (facts: servers.md, table 0.1). A gateway's own mark comes before what it passes on. */
const fingerprints: readonly Fingerprint[] = [
  { name: "LiteLLM", matches: ({ hasHeader }) => hasHeader("x-litellm-") },
  {
    name: "DashScope",
    matches: ({ hasHeader, host }) => hasHeader("x-dashscope-") || /dashscope|maas\.aliyuncs/.test(host),
  },
  {
    name: "SiliconFlow",
    matches: ({ hasHeader, host }) => hasHeader("x-siliconcloud-") || host.includes("siliconflow"),
  },
  { name: "ModelScope", matches: ({ host }) => host.includes("modelscope") },
  { name: "OpenRouter", matches: ({ host }) => host.includes("openrouter.ai") },
  { name: "OpenAI", matches: ({ host }) => host === "api.openai.com" },
  { name: "Qwen Endpoints demo", matches: ({ header }) => header("server") === "qwen-endpoints-demo" },
  {
    name: "llama.cpp",
    matches: ({ header, ownedBy }) => header("server") === "llama.cpp" || ownedBy === "llamacpp",
  },
  { name: "SGLang", matches: ({ ownedBy }) => ownedBy === "sglang" },
  { name: "vLLM", matches: ({ ownedBy }) => ownedBy === "vllm" },
  { name: "LMDeploy", matches: ({ ownedBy }) => ownedBy === "lmdeploy" },
  { name: "Xinference", matches: ({ ownedBy }) => ownedBy === "xinference" },
  {
    name: "LM Studio",
    matches: ({ header, ownedBy }) =>
      ownedBy === "organization_owner" && header("x-powered-by") === "Express",
  },
  { name: "Ollama", matches: ({ ownedBy, header }) => ownedBy === "library" && header("server") === "" },
  { name: "TEI or TGI", matches: ({ hasHeader }) => hasHeader("x-compute-") },
];

/** The name of the server software, or undefined when nothing gives it away. `body` is the parsed models reply. */
export function identifyServer(
  headers: Readonly<Record<string, string>>,
  body: unknown,
  baseUrl: string,
): string | undefined {
  const traits: Traits = {
    header: (name) => headers[name] ?? "",
    hasHeader: (prefix) => Object.keys(headers).some((name) => name.startsWith(prefix)),
    ownedBy: firstOwner(body),
    host: URL.canParse(baseUrl) ? new URL(baseUrl).hostname : "",
  };
  return fingerprints.find(({ matches }) => matches(traits))?.name;
}

function firstOwner(body: unknown): string {
  const data = body === Object(body) ? (body as Record<string, unknown>)["data"] : undefined;
  const first: unknown = Array.isArray(data) ? data[0] : undefined;
  const owner = first === Object(first) ? (first as Record<string, unknown>)["owned_by"] : undefined;
  return typeof owner === "string" ? owner : "";
}
