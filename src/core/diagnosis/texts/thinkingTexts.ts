/** What a person reads about reasoning that goes where it should not. */

import * as l10n from "@vscode/l10n";

import type { AreaTexts } from "./findingText.ts";

export const thinkingTexts: AreaTexts<"thinking"> = {
  "thinking.unsplit": {
    title: () => l10n.t("The thinking stands inside the answer"),
    explanation: () =>
      l10n.t(
        "The answer holds the thinking and its <think> tags instead of a field of its own, because the server does not split it; of Thinking-2507 models only the closing tag is there. Start SGLang or vLLM with --reasoning-parser qwen3, llama.cpp with --reasoning-format deepseek.",
      ),
  },
  "thinking.wrong-field": {
    title: () => l10n.t("Answer or thinking is in the wrong field"),
    explanation: () =>
      l10n.t(
        "Text stands in a field where clients do not expect it. With thinking off, vLLM 0.8.5 with a reasoning parser puts the whole answer into reasoning_content and leaves content empty, which a newer version cures. vLLM since 2026 and Ollama name the thinking reasoning, so clients that read reasoning_content show none.",
      ),
  },
  "thinking.cannot-disable": {
    title: () => l10n.t("Thinking cannot be turned off"),
    explanation: () =>
      l10n.t(
        'The model thinks although it was told not to. The switch differs: chat_template_kwargs: {"enable_thinking": false} on SGLang, vLLM and llama.cpp, enable_thinking: false at the top level on DashScope and SiliconFlow, reasoning_effort: "none" on Ollama. Models named Thinking-2507 always think; use the Instruct-2507 one instead.',
      ),
  },
};
