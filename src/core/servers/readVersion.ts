/** Reads `{"version": "…"}`, as vLLM, Ollama, TEI and TGI answer. */

import type { ProbeReply } from "./serverProfile.ts";

/** The version field of a good reply, beside `alsoThere` or else alone: much software has a page with a version and more. */
export function readVersion(
  { status, body }: ProbeReply,
  ...alsoThere: readonly string[]
): { readonly version: string } | undefined {
  const fields = body === Object(body) ? (body as Readonly<Record<string, unknown>>) : {};
  const { version } = fields;
  const fits =
    alsoThere.length === 0 ? Object.keys(fields).length === 1 : alsoThere.every((name) => name in fields);
  return status === 200 && typeof version === "string" && /^v?\d+\./.test(version) && fits
    ? { version: version.slice(0, 40) }
    : undefined;
}
