/** What a person reads about the model id. */

import * as l10n from "@vscode/l10n";

import type { AreaTexts } from "./findingText.ts";

export const modelTexts: AreaTexts<"model"> = {
  "model.unknown": {
    title: () => l10n.t("The server does not know this model"),
    explanation: () =>
      l10n.t(
        "The server answered that this model id does not exist or is not open to this key. Ids are exact: Ollama's carry a tag (qwen3:8b), DashScope's are not the names on Hugging Face, and vLLM's is what it was started with, unless --served-model-name gives another. Pick an id from /v1/models, or restart the server with --served-model-name.",
      ),
  },
  "model.wrong-case": {
    title: () => l10n.t("The model id differs in case"),
    explanation: () =>
      l10n.t(
        "The server lists the same id with other capital letters, and ids are compared letter by letter: vLLM answers 404, while SGLang accepts any id and so hides the difference. Use the id exactly as /v1/models lists it.",
      ),
  },
  "model.path-as-id": {
    title: () => l10n.t("A path stands where a model id should"),
    explanation: () =>
      l10n.t(
        "Started without --served-model-name, a server has the path or repository name from its command line as its model id; started with it, that name alone counts. Use the id exactly as /v1/models lists it. A short name comes from a restart with --served-model-name; vLLM takes several names there, so the path can stay one of them.",
      ),
  },
  "model.adapter-suffix": {
    title: () => l10n.t("The model id asks for a LoRA adapter"),
    explanation: () =>
      l10n.t(
        "SGLang reads what follows a colon in the model id as the name of a LoRA adapter, so qwen3:8b asks for the adapter 8b; TGI takes every other id for an adapter. Use the id that /v1/models lists, without the colon. When the adapter is wanted, load it at the start, on SGLang with --lora-paths.",
      ),
  },
  "model.not-listed": {
    title: () => l10n.t("The model id is not in the server's list"),
    explanation: () =>
      l10n.t(
        "/v1/models does not list this id. Some servers hide models or take other names for them, so a request may still work, but most answer 404. Use an id from the list, or start the server with --served-model-name and this id.",
      ),
  },
  "model.ignored": {
    title: () => l10n.t("The server ignores the model id"),
    explanation: () =>
      l10n.t(
        "The server answers with the model it has, whatever id is asked for; SGLang, llama.cpp and TEI do so, and a wrong id then shows no error. The same program would get a 404 from vLLM or DashScope. Use the id from /v1/models, so that requests and logs name the true model.",
      ),
  },
  "model.none-listed": {
    title: () => l10n.t("The server lists no models"),
    explanation: () =>
      l10n.t(
        "/v1/models answered with an empty list or with none at all, and no model is configured for the task, so there is none to ask. No model may be loaded, or none be visible to this key. On Ollama run ollama pull, in LM Studio load a model, on Xinference launch one; with a hosted provider check which models the key may use.",
      ),
  },
  "model.access": {
    title: () => l10n.t("The account may not use this model"),
    explanation: () =>
      l10n.t(
        "The model exists, but this key, account or workspace has no right to it. Grant the model to the workspace or the key in the provider's console, or use another model. On OpenRouter, the privacy settings of the account may rule out every provider that has the model.",
      ),
  },
};
