/** Hugging Face Text Embeddings Inference (facts: servers.md 0.1-0.8 and 5). */

import { commandLine, flag } from "../commandLine.ts";
import { readVersion } from "../readVersion.ts";
import type { ProbeReply, ServerProfile } from "../serverProfile.ts";

export const tei: ServerProfile = {
  id: "tei",
  name: "TEI",
  matches: ({ hasHeader }) => hasHeader("x-compute-"),
  probe: { path: "/info", tells: "version", read: readInfo },
  health: { path: "/health", cost: "free" },
  openPaths: /^\/(health|ping|metrics)?$/,
  envelopes: ["flat", "string", "empty"],
  unknownModel: "ignored",
  longPrompt: "truncated",
  lacks: ["chat"],
  rerank: { path: "/rerank", documents: "texts", reply: "list" },
  launch: ({ model, servedName, host, port }) =>
    commandLine(
      ...["text-embeddings-router", "--model-id", model],
      ...flag("--served-model-name", servedName),
      ...flag("--hostname", host),
      ...flag("--port", port),
    ),
};

/** With a key even this route is refused, without a word, where TGI leaves it open. */
function readInfo(reply: ProbeReply): { readonly version?: string } | undefined {
  const isBareRefusal =
    reply.status === 401 &&
    reply.body === "" &&
    !("server" in reply.headers || "www-authenticate" in reply.headers);
  return isBareRefusal ? {} : readVersion(reply, "model_id", "model_type");
}
