/** The line that starts the server of a finding, with its model and on its port. */

import { isLoopbackHost } from "../../endpoint/baseUrl.ts";
import type { ModelInfo } from "../../endpoint/modelList.ts";
import { profileOf } from "../../servers/profileOf.ts";
import type { ServerId } from "../../servers/serverId.ts";
import type { LaunchNeeds } from "../../servers/serverProfile.ts";
import { isModelPath } from "../isModelPath.ts";
import { loadedModel } from "./loadedModel.ts";
import { ownPort } from "./ownPort.ts";
import type { About } from "./remedy.ts";

/** Stands in where the true model is not known: the smallest of its kind. */
const examples = {
  chat: "Qwen/Qwen3-8B",
  embedding: "Qwen/Qwen3-Embedding-0.6B",
  rerank: "Qwen/Qwen3-Reranker-0.6B",
} as const;

type Names = Pick<LaunchNeeds, "model" | "servedName">;

/** Empty for a hosted server. */
export function launchLine(about: About, needs: Partial<LaunchNeeds> = {}): string {
  const { serverId, version, task } = about;
  const { servedName, ...own } = {
    ...listeningOf(about),
    ...namesOf(about),
    ...(task === undefined ? {} : { task }),
    ...needs,
  };
  const named = servedName === undefined || servedName === own.model ? own : { ...own, servedName };
  return profileOf(serverId).launch?.(named, version) ?? "";
}

function listeningOf(about: About): Pick<LaunchNeeds, "host" | "port"> {
  const port = ownPort(about);
  if (port === undefined) {
    return {};
  }
  // Ollama reads the port from its host alone.
  const isLocal = isLoopbackHost(new URL(about.baseUrl ?? "").hostname);
  return about.serverId === "ollama" ? { host: isLocal ? "127.0.0.1" : "0.0.0.0", port } : { port };
}

function namesOf(about: About): Names {
  const loaded = loadedModel(about);
  return loaded === undefined ? askedNames(about) : servedNames(loaded, about.serverId);
}

/** A short name is what requests say; what to load for it is a repository or a path. */
function askedNames({ model = "", task = "chat" }: About): Names {
  if (model === "") {
    return { model: examples[task] };
  }
  if (model.includes("/") || model.endsWith(".gguf") || isModelPath(model)) {
    return { model };
  }
  return { model: /^Qwen3-/.test(model) ? `Qwen/${model}` : examples[task], servedName: model };
}

/** What runs now, under the name it has now. */
function servedNames({ id, root = id }: ModelInfo, serverId: ServerId): Names {
  const isShort = root === id && /^Qwen3-[^/]+$/.test(id);
  if (serverId === "llama.cpp") {
    // It lists a file, or a name that says nothing of the file.
    return root.endsWith(".gguf")
      ? { model: root, servedName: id }
      : { model: "/path/to/model.gguf", servedName: id };
  }
  return { model: isShort ? `Qwen/${id}` : root, servedName: id };
}
