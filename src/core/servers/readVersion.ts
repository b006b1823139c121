/** Reads `{"version": "…"}`, as vLLM, Ollama, TEI and TGI answer. */

import type { ProbeReply } from "./serverProfile.ts";

/** The version field of a good reply; undefined when there is none. */
export function readVersion(
  { status, body }: ProbeReply,
  ...alsoThere: readonly string[]
): { readonly version: string } | undefined {
  const fields = body === Object(body) ? (body as Readonly<Record<string, unknown>>) : {};
  const { version } = fields;
  return status === 200 && typeof version === "string" && alsoThere.every((name) => name in fields)
    ? { version: version.slice(0, 40) }
    : undefined;
}
