/** Remedies for a task that the server was not started for, or cannot do. */

import * as l10n from "@vscode/l10n";

import type { Task } from "../../endpoint/endpoint.ts";
import { isBefore } from "../../servers/isBefore.ts";
import { profileOf } from "../../servers/profileOf.ts";
import { launchLine } from "./launchLine.ts";
import { loadedModel } from "./loadedModel.ts";
import { type About, onEach, type RemediesOf, type Remedy, type RemedyTable } from "./remedy.ts";

const notStartedFor: RemediesOf = {
  sglang: (about) =>
    about.task === "rerank"
      ? withLine(about, (line) =>
          l10n.t("Qwen3-Reranker on SGLang wants its chat template, and no --is-embedding: {0}", line),
        )
      : restarted(about),
  vllm: (about) =>
    about.task === "embedding" && !isBefore(about.version, "0.10.1")
      ? withLine(about, (line) =>
          l10n.t(
            "vLLM has routes for its model's tasks alone, so it needs an embedding model; --task embed is gone since the end of 2025. Restart it: {0}",
            line,
          ),
        )
      : restarted(about),
  "llama.cpp": restarted,
  lmdeploy: (about) => (about.task === "chat" ? restarted(about) : elsewhere(about)),
  tei: (about) => (about.task === "embedding" ? restarted(about) : elsewhere(about)),
  tgi: (about) => (about.task === "chat" ? restarted(about) : elsewhere(about)),
  ollama: (about) => {
    if (about.task === "rerank") {
      return elsewhere(about);
    }
    const line = about.task === "embedding" ? "ollama pull qwen3-embedding:0.6b" : "ollama pull qwen3:8b";
    return {
      text: l10n.t("The model is made for another task. Pull one for this task and ask for it: {0}", line),
      commands: [line],
    };
  },
  xinference: (about) =>
    withLine(about, (line) =>
      l10n.t("Launch a model for this task on Xinference, and ask for it by its UID: {0}", line),
    ),
};

export const taskRemedies: RemedyTable = {
  "task.not-started-for": notStartedFor,
  "task.unsupported": onEach(["lmdeploy", "tei", "tgi", "ollama"], (about) =>
    notStartedFor[about.serverId]?.(about),
  ),
};

function restarted(about: About): Remedy {
  const { name } = profileOf(about.serverId);
  return withLine(about, (line) => {
    switch (about.task) {
      case "embedding":
        return l10n.t("Restart {0} for embeddings: {1}", name, line);
      case "rerank":
        return l10n.t("Restart {0} for reranking: {1}", name, line);
      default:
        return l10n.t(
          "Restart {0} with a model for chat, or run a second one on another port: {1}",
          name,
          line,
        );
    }
  });
}

function withLine(about: About, text: (line: string) => string): Remedy {
  const line = launchLine(forTask(about));
  return { text: text(line), commands: [line] };
}

/** The model that runs now, where it is made for the task; else the one that is asked for; else an example. */
function forTask(about: About): About {
  const { model, task, served = [] } = about;
  const runs = served.some(({ id, root }) => id === model || root === model) ? loadedModel(about) : undefined;
  return runs !== undefined && isFor(task, `${runs.root ?? ""} ${runs.id}`)
    ? about
    : { ...about, model: runs === undefined ? fitting(about) : undefined, served: undefined };
}

function fitting({ model, task }: About): string | undefined {
  return model !== undefined && isFor(task, model) ? model : undefined;
}

function isFor(task: Task = "chat", names: string): boolean {
  const named = { chat: "^(?!.*(embed|rerank))", embedding: "embed", rerank: "rerank" }[task];
  return new RegExp(named, "i").test(names);
}

/** What it lacks, vLLM has; not on the same port. */
function elsewhere(about: About): Remedy {
  const line = launchLine({ serverId: "vllm", task: about.task, model: fitting(about) });
  const { name } = profileOf(about.serverId);
  return {
    text: l10n.t(
      "{0} cannot do this with any Qwen3 model. Run another server beside it, such as vLLM: {1}",
      name,
      line,
    ),
    commands: [line],
  };
}
