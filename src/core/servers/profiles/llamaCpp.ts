/** llama.cpp's llama-server (facts: servers.md 0.1-0.10 and 3). */

import type { Task } from "../../endpoint/endpoint.ts";
import { commandLine, flag } from "../commandLine.ts";
import type { LaunchNeeds, ProbeReply, ServerProfile } from "../serverProfile.ts";
import { templateSwitch } from "./templateSwitch.ts";

export const llamaCpp: ServerProfile = {
  id: "llama.cpp",
  name: "llama.cpp",
  matches: ({ header, ownedBy }) => header("server") === "llama.cpp" || ownedBy === "llamacpp",
  probe: { path: "/props", tells: "version", when: "known", read: readProps },
  health: { path: "/health", cost: "free" },
  openPaths: /^\/((v1\/)?health)?$/,
  envelopes: ["nested"],
  unknownModel: "ignored",
  thinking: templateSwitch,
  reasoningField: "reasoning_content",
  longPrompt: "refused",
  rerank: { path: "/v1/rerank", documents: "documents", reply: "results" },
  keepAlive: /^:$/,
  launch: ({ model, task, servedName, host, port, extra }) =>
    commandLine(
      ...["llama-server", "-m", fileOf(model)],
      ...flag("--alias", servedName),
      ...flag("--host", host),
      ...flag("--port", port),
      ...taskFlags(task),
      ...extraFlags(extra),
    ),
};

/** `b10573-3f545becc`: the build and its commit. */
function readProps({ status, body }: ProbeReply): { readonly version: string } | undefined {
  const build = body === Object(body) ? (body as Readonly<Record<string, unknown>>)["build_info"] : undefined;
  return status === 200 && typeof build === "string" ? { version: build.slice(0, 40) } : undefined;
}

/** It loads GGUF files alone. */
function fileOf(model: string): string {
  return model.endsWith(".gguf") ? model : `${model.split("/").at(-1) ?? model}.gguf`;
}

function taskFlags(task: Task | undefined): readonly string[] {
  if (task === "rerank") {
    return ["--reranking"];
  }
  return task === "embedding" ? ["--embeddings", "--pooling", "last"] : [];
}

function extraFlags(extra: LaunchNeeds["extra"]): readonly string[] {
  switch (extra) {
    case "reasoning":
      return ["--reasoning-format", "deepseek"];
    case "tools":
      return ["--jinja"];
    case "more-context":
      return ["-c", "40960"];
    case "dimensions":
    case undefined:
      return [];
  }
}
