/** Ollama (facts: servers.md 0.1-0.10 and 4). */

import { readVersion } from "../readVersion.ts";
import { commandLine } from "../commandLine.ts";
import type { ServerProfile } from "../serverProfile.ts";

export const ollama: ServerProfile = {
  id: "ollama",
  name: "Ollama",
  matches: ({ ownedBy, header }) => ownedBy === "library" && header("server") === "",
  // Not `/api/tags` or `/api/show`: SGLang has those as well.
  probe: { path: "/api/version", tells: "version", read: (reply) => readVersion(reply) },
  health: { path: "/", cost: "free" },
  openPaths: /^\//,
  envelopes: ["nested", "text", "string"],
  unknownModel: "refused",
  thinking: { off: { reasoning_effort: "none" }, on: { reasoning_effort: "medium" } },
  reasoningField: "reasoning",
  longPrompt: "truncated",
  lacks: ["rerank"],
  launch: ({ host, port = 11434, extra }) =>
    commandLine(
      ...(host === undefined ? [] : [`OLLAMA_HOST=${host}:${port}`]),
      ...(extra === "more-context" ? ["OLLAMA_CONTEXT_LENGTH=32768"] : []),
      ...["ollama", "serve"],
    ),
};
