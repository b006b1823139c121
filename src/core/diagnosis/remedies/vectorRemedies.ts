/** Remedies for vectors and scores that are wrong though they arrive. */

import * as l10n from "@vscode/l10n";

import { commandLine, flag } from "../../servers/commandLine.ts";
import { isBefore } from "../../servers/isBefore.ts";
import { profileOf } from "../../servers/profileOf.ts";
import { launchLine } from "./launchLine.ts";
import { ownPort } from "./ownPort.ts";
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

/** Lies in vLLM's repository, not in its package. */
const vllmTemplate = "--chat-template examples/pooling/score/template/qwen3_reranker.jinja";

const rerankerGguf = ["llama-server", "-hf", "ggml-org/Qwen3-Reranker-0.6B-Q8_0-GGUF"];

const rerankTemplate: RemediesOf = {
  ...onEach(["sglang", "vllm"], (about) => {
    const line = launchLine({ ...about, task: "rerank" });
    return withLine(about.serverId === "vllm" ? `${line} ${vllmTemplate}` : line, (text) =>
      l10n.t(
        "Qwen3-Reranker scores well only with its own prompt. Restart {0} with it: {1}",
        profileOf(about.serverId).name,
        text,
      ),
    );
  }),
  "llama.cpp": (about) =>
    withLine(commandLine(...rerankerGguf, "--reranking", ...flag("--port", ownPort(about))), (line) =>
      l10n.t(
        "Many GGUF files of Qwen3-Reranker lack the scoring head and the prompt. Load one that llama.cpp's own converter made: {0}",
        line,
      ),
    ),
  tei: (about) =>
    withLine(
      `${launchLine({ serverId: "vllm", model: about.model, task: "rerank" })} ${vllmTemplate}`,
      (line) => l10n.t("TEI cannot run Qwen3-Reranker. Run it on vLLM: {0}", line),
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
  // Pooling changes neither length nor dimensions; another model does.
  "embedding.not-normalised": { ollama: pooling.ollama },
  "embedding.wrong-dimensions": { ollama: pooling.ollama },
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
