/** Remedies for vectors and scores that are wrong though they arrive. */

import * as l10n from "@vscode/l10n";

import { isBefore } from "../../servers/isBefore.ts";
import { profileOf } from "../../servers/profileOf.ts";
import { launchLine } from "./launchLine.ts";
import { onEach, type RemediesOf, type RemedyTable } from "./remedy.ts";
import { withLine } from "./withLine.ts";

/** Qwen3-Embedding takes the last token, and other poolings give other vectors (servers.md 0.11). */
const pooling: RemediesOf = {
  "llama.cpp": (about) =>
    withLine(launchLine({ ...about, task: "embedding" }), (line) =>
      l10n.t(
        "Qwen3-Embedding wants the pooling of the last token, which llama.cpp has to be told: {0}",
        line,
      ),
    ),
  ollama: () =>
    withLine("ollama pull qwen3-embedding:0.6b", (line) =>
      l10n.t(
        "Ollama gives vectors of chat models as well, and they are poor. Pull a model made for embeddings: {0}",
        line,
      ),
    ),
};

const rerankTemplate: RemediesOf = {
  ...onEach(["sglang", "vllm", "llama.cpp"], (about) =>
    withLine(launchLine({ ...about, task: "rerank" }), (line) =>
      l10n.t(
        "Qwen3-Reranker scores well only with its own prompt. Restart {0} with it: {1}",
        profileOf(about.serverId).name,
        line,
      ),
    ),
  ),
  tei: (about) =>
    withLine(launchLine({ ...about, serverId: "vllm", version: undefined, task: "rerank" }), (line) =>
      l10n.t("TEI cannot run Qwen3-Reranker. Run it on vLLM: {0}", line),
    ),
};

export const vectorRemedies: RemedyTable = {
  "embedding.zero": onEach(["sglang", "vllm"], (about) =>
    withLine(`${launchLine({ ...about, task: "embedding" })} --dtype bfloat16`, (line) =>
      l10n.t(
        "Half precision may overflow. Restart {0} with bfloat16: {1}",
        profileOf(about.serverId).name,
        line,
      ),
    ),
  ),
  "embedding.not-normalised": pooling,
  "embedding.wrong-dimensions": pooling,
  "embedding.batch-differs": { "llama.cpp": pooling["llama.cpp"] },
  "embedding.encoding-ignored": {
    sglang: (about) =>
      isBefore(about.version, "0.5.17") || about.version === undefined
        ? withLine('pip install --upgrade "sglang>=0.5.17"', (line) =>
            l10n.t(
              'SGLang honours base64 since v0.5.17. Upgrade it, or pass encoding_format: "float": {0}',
              line,
            ),
          )
        : undefined,
    xinference: () => ({
      text: l10n.t('Xinference gives lists of numbers whatever is asked for: pass encoding_format: "float".'),
      commands: [],
    }),
  },
  "rerank.template-missing": rerankTemplate,
  "rerank.order": rerankTemplate,
  "rerank.shape": onEach(["sglang", "tei", "dashscope"], (about) => {
    const { name, rerank } = profileOf(about.serverId);
    const shape = rerank?.reply === "list" ? "[{index, score}]" : "{results: [{index, relevance_score}]}";
    return {
      text: l10n.t(
        "{0} reranks at {1}, takes the texts in {2} and answers {3}. A client that expects another form needs a gateway in between.",
        name,
        rerank?.path ?? "",
        rerank?.documents ?? "",
        shape,
      ),
      commands: [],
    };
  }),
};
