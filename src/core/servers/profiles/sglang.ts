/** SGLang (facts: servers.md 0.1-0.10 and 1). */

import type { Task } from "../../endpoint/endpoint.ts";
import { commandLine, flag } from "../commandLine.ts";
import type { LaunchNeeds, ProbeReply, ServerProfile } from "../serverProfile.ts";
import { contextOf } from "./contextOf.ts";
import { templateSwitch } from "./templateSwitch.ts";

export const sglang: ServerProfile = {
  id: "sglang",
  name: "SGLang",
  matches: ({ ownedBy }) => ownedBy === "sglang",
  probe: { path: "/", tells: "name", read: readBanner },
  // Runs a generation of one token; a 503 has no body, and means starting, shutting down or stuck.
  health: { path: "/health", cost: "generation" },
  openPaths: /^\/(health|metrics)/,
  envelopes: ["flat", "string", "detail", "nested"],
  unknownModel: "accepted",
  thinking: templateSwitch,
  reasoningField: "reasoning_content",
  longPrompt: "refused",
  rerank: { path: "/v1/rerank", documents: "documents", reply: "list" },
  launch: ({ model, task, servedName, host, port, extra }) =>
    commandLine(
      ...["python", "-m", "sglang.launch_server", "--model-path", model],
      ...flag("--served-model-name", servedName),
      ...flag("--host", host),
      ...flag("--port", port),
      ...taskFlags(task),
      ...extraFlags(extra, task),
    ),
};

/**
 * v0.5.7 to v0.5.9 say that they are Ollama, but as JSON, and Ollama's own banner is plain text.
 * A key is asked for before routing, so that even the banner is refused; vLLM and LMDeploy come first in the list.
 */
function readBanner({ status, headers, body }: ProbeReply): object | undefined {
  const isJson = (headers["content-type"] ?? "").includes("json");
  if (status === 200) {
    return isJson && (body === "SGLang is running" || body === "Ollama is running") ? {} : undefined;
  }
  const error = body === Object(body) ? (body as Readonly<Record<string, unknown>>)["error"] : undefined;
  return status === 401 && error === "Unauthorized" && headers["server"] === "uvicorn" ? {} : undefined;
}

/** Qwen3-Reranker is scored by a generating model: with `--is-embedding` it would not be one. */
function taskFlags(task: Task | undefined): readonly string[] {
  if (task === "rerank") {
    return ["--chat-template", "examples/chat_template/qwen3_reranker.jinja"];
  }
  return task === "embedding" ? ["--is-embedding"] : [];
}

function extraFlags(extra: LaunchNeeds["extra"], task: Task | undefined): readonly string[] {
  switch (extra) {
    case "reasoning":
      return ["--reasoning-parser", "qwen3"];
    case "tools":
      return ["--tool-call-parser", "qwen25"];
    case "dimensions":
      return ["--json-model-override-args", '{"is_matryoshka": true}'];
    case "more-context":
      return ["--context-length", String(contextOf(task))];
    case undefined:
      return [];
  }
}
