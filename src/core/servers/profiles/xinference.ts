/** Xinference (facts: servers.md 0.1-0.9 and 6). */

import { commandLine, flag } from "../commandLine.ts";
import type { ProbeReply, ServerProfile } from "../serverProfile.ts";

/** What it calls the types of models. */
const types = { chat: "LLM", embedding: "embedding", rerank: "rerank" } as const;

export const xinference: ServerProfile = {
  id: "xinference",
  name: "Xinference",
  matches: ({ ownedBy, error }) =>
    ownedBy === "xinference" || error.startsWith("Model not found in the model list"),
  probe: { path: "/v1/cluster/auth", tells: "name", when: "refused", read: readAuth },
  envelopes: ["detail"],
  unknownModel: "refused",
  reasoningField: "reasoning_content",
  longPrompt: "refused",
  rerank: { path: "/v1/rerank", documents: "documents", reply: "results" },
  keepAlive: /^: ping - /,
  launch: ({ model, task = "chat", servedName }) =>
    commandLine(
      // Its own names have no organisation in front.
      ...["xinference", "launch", "--model-name", model.replace(/\/+$/, "").split("/").at(-1)],
      ...["--model-type", types[task]],
      ...flag("--model-uid", servedName),
      ...(task === "chat" ? ["--model-engine", "vllm"] : []),
    ),
};

/** `{"auth": true}` where a key is wanted. */
function readAuth({ status, body }: ProbeReply): object | undefined {
  return status === 200 && body === Object(body) && "auth" in (body as object) ? {} : undefined;
}
