/** Hugging Face Text Generation Inference, in maintenance mode (facts: servers.md 0.1-0.9 and 5). */

import { commandLine, flag } from "../commandLine.ts";
import { readVersion } from "../readVersion.ts";
import type { ServerProfile } from "../serverProfile.ts";

export const tgi: ServerProfile = {
  id: "tgi",
  name: "TGI",
  // It names the model as its own owner, made in 1970.
  matches: ({ ownedBy, firstId, created }) => ownedBy !== "" && ownedBy === firstId && created === 0,
  probe: {
    path: "/info",
    tells: "version",
    read: (reply) => readVersion(reply, "model_id", "max_total_tokens"),
  },
  health: { path: "/health", cost: "free" },
  openPaths: /^\/(health|ping|metrics|info|v1\/models)?$/,
  envelopes: ["string", "empty"],
  unknownModel: "ignored",
  longPrompt: "refused",
  lacks: ["embedding", "rerank"],
  keepAlive: /^:/,
  launch: ({ model, host, port, extra }) =>
    commandLine(
      ...["text-generation-launcher", "--model-id", model],
      ...flag("--hostname", host),
      ...flag("--port", port),
      ...(extra === "more-context" ? ["--max-total-tokens", "40960"] : []),
    ),
};
