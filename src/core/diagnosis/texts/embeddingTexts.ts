/** What a person reads when vectors arrive but are not right. */

import * as l10n from "@vscode/l10n";

import type { AreaTexts } from "./findingText.ts";

export const embeddingTexts: AreaTexts<"embedding"> = {
  "embedding.zero": {
    title: () => l10n.t("The vectors hold no usable numbers"),
    explanation: () =>
      l10n.t(
        'Every number in the vector is 0, or some are no numbers at all (null or NaN), so no similarity can be computed from it. On the server this points to damaged weights or an overflow in half precision, where --dtype bfloat16 helps on vLLM and SGLang. In a program, zeros usually come from the OpenAI SDK for JavaScript up to 7.5.0, which reads a list of numbers as base64: pass encoding_format: "float".',
      ),
  },
  "embedding.not-normalised": {
    title: () => l10n.t("The vectors do not have length 1"),
    explanation: () =>
      l10n.t(
        "The length (norm) of the vectors is not 1, so a dot product is not the cosine similarity; of most models nobody promises it, but Qwen3-Embedding ends with a normalising layer. There, normalising is off on the server, or vectors were shortened to fewer dimensions afterwards. Normalise them in the program, or compare by cosine.",
      ),
  },
  "embedding.wrong-dimensions": {
    title: () => l10n.t("The vectors have an unexpected size"),
    explanation: () =>
      l10n.t(
        "The number of dimensions is not the model's own (Qwen3-Embedding 0.6B 1024, 4B 2560, 8B 4096), or not the one that was asked for. Another model may be loaded than the id says, which /v1/models shows, or the server ignores dimensions without a word, as llama.cpp does: shorten and normalise the vectors in the program then. Create the index of the vector database with the size that really arrives.",
      ),
  },
  "embedding.not-repeatable": {
    title: () => l10n.t("The same text gives different vectors"),
    explanation: () =>
      l10n.t(
        "One text sent twice gave vectors that differ by more than rounding explains. Usually several servers with different models, versions or precision answer at one address, or the model runs with a setting that leaves it in training mode. Call each server behind the gateway on its own and compare.",
      ),
  },
  "embedding.batch-differs": {
    title: () => l10n.t("A batch gives other vectors than single texts"),
    explanation: () =>
      l10n.t(
        "A text sent in a batch gave another vector than the same text alone, or the vectors of the batch are not one for each text in their order. Usually pooling or padding does not fit the model: Qwen3-Embedding takes the last token, with --pooling last on llama.cpp and --pooling last-token on TEI. Where only the order differs, match by index; until it is fixed, send texts one by one.",
      ),
  },
  "embedding.encoding-ignored": {
    title: () => l10n.t("The server ignores encoding_format"),
    explanation: () =>
      l10n.t(
        'The reply holds the vectors in another encoding than was asked for, or decodes to other numbers: SGLang up to v0.5.16 and Xinference answer with lists of numbers when asked for base64. The OpenAI SDK asks for base64 by default, and its JavaScript version up to 7.5.0 then turns the reply into a quarter as many zeros, without an error. Pass encoding_format: "float", or update the server and the SDK.',
      ),
  },
};
