/** LiteLLM's proxy (facts: servers.md 0.1-0.9 and 6). */

import { commandLine, flag } from "../commandLine.ts";
import type { ProbeReply, ServerProfile } from "../serverProfile.ts";

export const litellm: ServerProfile = {
  id: "litellm",
  name: "LiteLLM",
  matches: ({ hasHeader, error }) => hasHeader("x-litellm-") || error.startsWith("Authentication Error, "),
  probe: { path: "/health/liveliness", tells: "version", when: "known", read: readLiveliness },
  health: { path: "/health/liveliness", cost: "free" },
  openPaths: /^\/health\/(liveliness|readiness)$/,
  // Its own errors, FastAPI's, and a plain text where it fails itself (measured on 1.106: test/fixtures/wire/measured.jsonl).
  envelopes: ["nested", "detail", "text"],
  unknownModel: "refused",
  reasoningField: "reasoning_content",
  longPrompt: "refused",
  rerank: { path: "/v1/rerank", documents: "documents", reply: "results" },
  launch: ({ port = 4000, host }) =>
    commandLine("litellm", "--config", "config.yaml", ...flag("--host", host), "--port", port),
};

function readLiveliness({ status, headers, body }: ProbeReply): { readonly version?: string } | undefined {
  const version = headers["x-litellm-version"];
  const isAlive = status === 200 && body === "I'm alive!";
  if (!isAlive && version === undefined) {
    return undefined;
  }
  return version === undefined ? {} : { version: version.slice(0, 40) };
}
