/** What a person reads when the model or its server is for another task. */

import * as l10n from "@vscode/l10n";

import type { AreaTexts } from "./findingText.ts";

export const taskTexts: AreaTexts<"task"> = {
  "task.unsupported": {
    title: () => l10n.t("The server does not offer this task"),
    explanation: () =>
      l10n.t(
        "This server has no API for the task, whatever model is loaded: Ollama and LM Studio have no reranking, LMDeploy and TGI no embeddings, TEI no chat and no Qwen3-Reranker. Use a server that offers it, such as vLLM, SGLang or llama.cpp, or use this endpoint for another task.",
      ),
  },
  "task.not-started-for": {
    title: () => l10n.t("The server was not started for this task"),
    explanation: () =>
      l10n.t(
        "The model or the way it was started does not serve this task. For Qwen3-Embedding SGLang needs --is-embedding and llama.cpp --embeddings --pooling last; for Qwen3-Reranker SGLang needs --chat-template examples/chat_template/qwen3_reranker.jinja without --is-embedding, and llama.cpp --reranking. On other servers, and for chat, load a model made for the task.",
      ),
  },
};
