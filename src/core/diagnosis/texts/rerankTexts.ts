/** What a person reads when a reranker answers but is not right. */

import * as l10n from "@vscode/l10n";

import type { AreaTexts } from "./findingText.ts";

export const rerankTexts: AreaTexts<"rerank"> = {
  "rerank.shape": {
    title: () => l10n.t("The rerank reply has an unusual form"),
    explanation: () =>
      l10n.t(
        "Most clients read results[].relevance_score, one for each text; here the scores are missing, mixed up or in another place. SGLang and TEI return a bare list with score, and DashScope's native API wraps it in output: those scores are right, but Dify finds no results and reports no error. Use a server with the common form (vLLM, llama.cpp, Xinference), or put a gateway in between that converts it.",
      ),
  },
  "rerank.order": {
    title: () => l10n.t("The reranker puts texts in the wrong order"),
    explanation: () =>
      l10n.t(
        'In a small set of texts, the only one that answers the question was not ranked first, so search results will get worse, not better. Usually the model is no reranker or knows too little of the language; where the answer comes last, the yes and no of Qwen3-Reranker are mixed up (classifier_from_token is ["no","yes"] on vLLM). Compare the model with /v1/models, and start it as the model\'s page says.',
      ),
  },
  "rerank.template-missing": {
    title: () => l10n.t("The scores of the reranker tell nothing apart"),
    explanation: () =>
      l10n.t(
        'The scores hardly tell a fitting text from an unfitting one, as when Qwen3-Reranker gets its input without its prompt, or, with scores such as 1e-20, when a GGUF file on llama.cpp lacks the scoring head. Start SGLang with --chat-template examples/chat_template/qwen3_reranker.jinja and without --is-embedding. Start vLLM with --hf-overrides \'{"architectures":["Qwen3ForSequenceClassification"],"classifier_from_token":["no","yes"],"is_original_qwen3_reranker":true}\' and its qwen3_reranker.jinja as --chat-template.',
      ),
  },
};
