/** DashScope's own protocol, older than its OpenAI-compatible one (facts: servers.md section 7). */

import { isDashScope, withoutTrailingSlash } from "../endpoint/baseUrl.ts";
import { fieldsOf } from "./fields.ts";
import type { WireMessage } from "./wireMessage.ts";

type Fields = Readonly<Record<string, unknown>>;

const generation = "/services/aigc/text-generation/generation";

/**
 * The path below the base URL at which it is spoken; undefined for every other API. The host counts along with
 * `/api/v1`, which is also the path of OpenRouter's OpenAI-compatible one.
 */
export function nativePath(baseUrl: string): string | undefined {
  const path = URL.canParse(baseUrl) ? withoutTrailingSlash(new URL(baseUrl).pathname) : "";
  if (path.endsWith(generation)) {
    return "";
  }
  return isDashScope(baseUrl) && path === "/api/v1" ? generation : undefined;
}

/** Without it the reply comes whole. */
export const nativeHeaders = { "x-dashscope-sse": "enable" } as const;

/** Fields that stand beside `parameters`; all others go into it. */
const topLevel: ReadonlySet<string> = new Set(["model", "input", "parameters", "resources"]);

export function nativeBody(model: string, messages: readonly WireMessage[], extra: Fields): Fields {
  // The header says whether it streams.
  const entries = Object.entries(extra).filter(([name]) => name !== "stream");
  const parameters = Object.fromEntries(entries.filter(([name]) => !topLevel.has(name)));
  return {
    model,
    input: { messages },
    ...Object.fromEntries(entries.filter(([name]) => topLevel.has(name))),
    parameters: {
      result_format: "message",
      incremental_output: true,
      ...fieldsOf(extra["parameters"]),
      ...parameters,
    },
  };
}
