/** vLLM (facts: servers.md 0.1-0.10 and 2). */

import type { Task } from "../../endpoint/endpoint.ts";
import { commandLine, flag } from "../commandLine.ts";
import { isBefore } from "../isBefore.ts";
import { readVersion } from "../readVersion.ts";
import type { LaunchNeeds, ServerProfile } from "../serverProfile.ts";
import { contextOf } from "./contextOf.ts";
import { templateSwitch } from "./templateSwitch.ts";

/** Tells vLLM that the original Qwen3-Reranker is a classifier; without it there is no rerank route. */
const rerankerOverrides =
  '{"architectures":["Qwen3ForSequenceClassification"],"classifier_from_token":["no","yes"],"is_original_qwen3_reranker":true}';

export const vllm: ServerProfile = {
  id: "vllm",
  name: "vLLM",
  matches: ({ ownedBy }) => ownedBy === "vllm",
  probe: { path: "/version", tells: "version", read: (reply) => readVersion(reply) },
  // EngineDeadError has no body.
  health: { path: "/health", cost: "free", on503: "server.crashed" },
  openPaths: /^\/(?!(v1|v2|inference|cohere)(\/|$))/,
  // Flat up to v0.10.0.
  envelopes: ["nested", "flat", "string", "detail"],
  unknownModel: "refused",
  thinking: templateSwitch,
  // `reasoning_content` up to January 2026.
  reasoningField: "reasoning",
  longPrompt: "refused",
  rerank: { path: "/v1/rerank", documents: "documents", reply: "results" },
  launch: ({ model, task, servedName, host, port, extra }, version) =>
    commandLine(
      ...["vllm", "serve", model],
      ...flag("--served-model-name", servedName),
      ...flag("--host", host),
      ...flag("--port", port),
      ...taskFlags(task, version),
      ...extraFlags(extra, task, version),
    ),
};

/** `--task` is gone since December 2025, and `--runner` came with v0.10.1. */
function taskFlags(task: Task | undefined, version: string | undefined): readonly string[] {
  if (task === "rerank") {
    return ["--hf-overrides", rerankerOverrides];
  }
  if (task !== "embedding") {
    return [];
  }
  return isBefore(version, "0.10.1") ? ["--task", "embed"] : ["--runner", "pooling"];
}

/** `--enable-reasoning` is gone since v0.10.0, and was needed before. */
function extraFlags(
  extra: LaunchNeeds["extra"],
  task: Task | undefined,
  version: string | undefined,
): readonly string[] {
  switch (extra) {
    case "reasoning":
      return [
        ...(isBefore(version, "0.10.0") ? ["--enable-reasoning"] : []),
        ...["--reasoning-parser", "qwen3"],
      ];
    case "tools":
      return ["--enable-auto-tool-choice", "--tool-call-parser", "hermes"];
    case "dimensions":
      return ["--hf-overrides", '{"is_matryoshka": true}'];
    case "more-context":
      return ["--max-model-len", String(contextOf(task))];
    case undefined:
      return [];
  }
}
