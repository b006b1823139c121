/** Remedies for the model id: how each server names what it serves. */

import * as l10n from "@vscode/l10n";

import { commandLine } from "../../servers/commandLine.ts";
import { profileOf } from "../../servers/profileOf.ts";
import { visibleId } from "../../visible.ts";
import { isModelPath } from "../isModelPath.ts";
import { launchLine } from "./launchLine.ts";
import { loadedModel } from "./loadedModel.ts";
import { pull } from "./pull.ts";
import { type About, onEach, type RemediesOf, type Remedy, type RemedyTable } from "./remedy.ts";
import { renameLine } from "./renameLine.ts";
import { upstreamModel } from "./upstreamRemedies.ts";
import { withLine } from "./withLine.ts";

/** Those that list models and can be told a name at the start. */
const renamed = ["sglang", "vllm", "llama.cpp", "lmdeploy"] as const;

const unknown: RemediesOf = {
  ...onEach(renamed, (about) => {
    const loaded = loadedModel(about);
    if (loaded !== undefined && (isModelPath(about.model ?? "") || loaded.root === about.model)) {
      return isModelPath(loaded.id) ? pathAsId(about) : useName(about, loaded.id);
    }
    const line = launchLine(about, about.model === undefined ? {} : { servedName: about.model });
    const { name } = profileOf(about.serverId);
    return {
      text: l10n.t(
        "Use an id that /v1/models lists, or restart {0} under the name that is asked for: {1}",
        name,
        line,
      ),
      commands: [line],
    };
  }),
  ollama: pull,
  xinference: (about) => {
    const line = launchLine(about, about.model === undefined ? {} : { servedName: about.model });
    return withLine(line, (text) =>
      l10n.t(
        "Xinference knows a model by the UID it was launched under. Launch it under this one: {0}",
        text,
      ),
    );
  },
  litellm: ({ model = "", served = [] }) => ({
    // A name it lists is refused by the server behind it.
    text: served.some(({ id }) => id === model)
      ? upstreamModel(model)
      : l10n.t(
          "LiteLLM knows the names under model_list in its config.yaml. Use one that /v1/models lists, or add an entry with model_name: {0}",
          visibleId(model),
        ),
    commands: [],
  }),
  "lm-studio": ({ model = "" }) =>
    withLine(commandLine("lms", "load", model), (text) =>
      l10n.t(
        "LM Studio answers for models that are on its disk. See them with lms ls, and load one: {0}",
        text,
      ),
    ),
  tgi: () => ({
    text: l10n.t("TGI takes any id but tgi for the name of an adapter. Ask for the model tgi."),
    commands: [],
  }),
  dashscope: () => ({
    text: l10n.t(
      "DashScope's ids are not the names on Hugging Face: Qwen/Qwen3-8B is qwen3-8b there. Take the id from the list of models in the console, and check that this key's workspace may use it.",
    ),
    commands: [],
  }),
  siliconflow: () => ({
    text: l10n.t(
      "SiliconFlow's ids carry the organisation, as in Qwen/Qwen3-8B. Take one that /v1/models lists.",
    ),
    commands: [],
  }),
  modelscope: () => ({
    text: l10n.t(
      "ModelScope serves a part of its models only, and says of the others that they have no provider. Take an id that /v1/models lists.",
    ),
    commands: [],
  }),
  openrouter: () => ({
    text: l10n.t("OpenRouter's ids are in lower case with the organisation in front, as in qwen/qwen3-8b."),
    commands: [],
  }),
  azure: () => ({
    text: l10n.t(
      "Azure wants the name of a deployment, not that of a model: take it from the resource's list of deployments.",
    ),
    commands: [],
  }),
};

function pathAsId(about: About): Remedy {
  const loaded = loadedModel(about);
  const line = renameLine(about);
  if (line === "" && loaded !== undefined) {
    return useName(about, loaded.id);
  }
  // An example's path helps nobody in a terminal.
  const example = launchLine(about, { model: "/models/Qwen3-8B", servedName: "Qwen3-8B" });
  return {
    text: l10n.t(
      "Use the path as the id, exactly as it is listed, or restart {0} with a short name: {1}",
      profileOf(about.serverId).name,
      line === "" ? example : line,
    ),
    commands: line === "" ? [] : [line],
  };
}

function useName({ serverId }: About, id: string): Remedy {
  return {
    text: l10n.t(
      "{0} was started with a name for this model, and the path is no id there. Use the name that /v1/models lists: {1}",
      profileOf(serverId).name,
      visibleId(id),
    ),
    commands: [],
  };
}

export const modelRemedies: RemedyTable = {
  "model.unknown": unknown,
  "model.not-listed": unknown,
  "model.ignored": unknown,
  "model.wrong-case": unknown,
  "model.path-as-id": onEach(renamed, pathAsId),
  "model.none-listed": { ollama: pull, xinference: unknown.xinference, "lm-studio": unknown["lm-studio"] },
  "model.adapter-suffix": { sglang: adapter, tgi: unknown.tgi },
};

/** `qwen3:8b`: the model and its adapter. */
function adapter(about: About): Remedy {
  const [base = "", name = "adapter"] = (about.model ?? "").split(":");
  const line = `${launchLine({ ...about, model: base })} --lora-paths ${commandLine(`${name}=/path/to/${name}`)}`;
  return {
    text: l10n.t(
      "SGLang takes {0} for a LoRA adapter. Ask for the model without it; when the adapter is wanted, load it at the start: {1}",
      visibleId(name),
      line,
    ),
    commands: [line],
  };
}
