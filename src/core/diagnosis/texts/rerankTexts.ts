/** What a person reads when a reranker answers but is not right. */

import * as l10n from "@vscode/l10n";

import type { AreaTexts } from "./findingText.ts";

export const rerankTexts: AreaTexts<"rerank"> = {
  "rerank.shape": {
    title: () => l10n.t("The rerank reply has an unusual form"),
    explanation: () =>
      l10n.t(
        "The scores are there, but not where most clients look, which is results[].relevance_score: SGLang and TEI return a bare list with score, DashScope's native API wraps it in output. Dify then finds no results and reports no error. Use a server with the common form (vLLM, llama.cpp, Xinference), or put a gateway in between that converts it.",
      ),
  },
  "rerank.order": {
    title: () => l10n.t("The reranker puts texts in the wrong order"),
    explanation: () =>
      l10n.t(
        "A small set of texts whose order is known came back in another order, so search results will get worse, not better. Usually the model is no reranker, runs without its prompt template, or is a GGUF file converted without its scoring head. Compare the model with /v1/models, and start it with the template of the model's page.",
      ),
  },
  "rerank.template-missing": {
    title: () => l10n.t("The reranker runs without its template"),
    explanation: () =>
      l10n.t(
        'The scores hardly tell a fitting text from an unfitting one, as when Qwen3-Reranker gets its input without its prompt. Start SGLang with --chat-template examples/chat_template/qwen3_reranker.jinja and without --is-embedding. Start vLLM with --hf-overrides \'{"architectures":["Qwen3ForSequenceClassification"],"classifier_from_token":["no","yes"],"is_original_qwen3_reranker":true}\' and its qwen3_reranker.jinja as --chat-template.',
      ),
  },
};
