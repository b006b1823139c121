/** What a person reads when the server rejects the content of a request. */

import * as l10n from "@vscode/l10n";

import type { AreaTexts } from "./findingText.ts";

export const requestTexts: AreaTexts<"request"> = {
  "request.context-length": {
    title: () => l10n.t("The context is too small"),
    explanation: () =>
      l10n.t(
        "Input and max_tokens together have to fit into the context of the model and into the one the server was started with; most servers refuse what is longer, while Ollama cuts it without a word, so that usage.prompt_tokens counts fewer tokens than were sent. Shorten the input or lower max_tokens, or start the server with a longer context, as 8192 tokens fill up soon: --max-model-len (vLLM), --context-length (SGLang), -c (llama.cpp, divided by -np), OLLAMA_CONTEXT_LENGTH (Ollama). Embedding inputs on llama.cpp are also limited by -ub, 512 by default.",
      ),
  },
  "request.max-tokens": {
    title: () => l10n.t("The server rejects max_tokens"),
    explanation: () =>
      l10n.t(
        "The value is larger than the model or its context allows, is below the minimum, or stands in a field the model does not take: newer OpenAI models want max_completion_tokens. Lower the value or leave it out; the message in the evidence usually names the range.",
      ),
  },
  "request.dimensions": {
    title: () => l10n.t("The server rejects the dimensions"),
    explanation: () =>
      l10n.t(
        "vLLM and SGLang allow another number of dimensions only when told that the model supports it: vLLM with --hf-overrides '{\"is_matryoshka\": true}', SGLang with --json-model-override-args '{\"is_matryoshka\": true}'. Qwen3-Embedding takes 32 up to 1024 (0.6B), 2560 (4B) or 4096 (8B); DashScope's text-embedding-v4 takes fixed sizes only. Without these flags, leave dimensions out.",
      ),
  },
  "request.extra-body": {
    title: () => l10n.t("The request holds a field the server does not know"),
    explanation: () =>
      l10n.t(
        "Often the field is extra_body itself: it is an argument of the Python SDK, which puts its content at the top level of the JSON; as a literal field OpenAI rejects it, and most self-hosted servers ignore it with all it holds. Move what it holds, such as chat_template_kwargs or enable_thinking, to the top level. Any other field that the evidence names has to be left out for this server.",
      ),
  },
  "request.thinking-needs-stream": {
    title: () => l10n.t("The server answers this request as a stream only"),
    explanation: () =>
      l10n.t(
        "The server refused to answer in one piece: use stream: true. Some servers stream whatever they are asked; on DashScope it is thinking that needs the stream, and the open-source Qwen3 models think by default there. In that case enable_thinking: false at the top level of the JSON (in the Python SDK inside extra_body) helps as well.",
      ),
  },
  "request.tools-disabled": {
    title: () => l10n.t("The server returns no tool calls"),
    explanation: () =>
      l10n.t(
        "The server refuses tools, or leaves the call in the text (<tool_call> in content) instead of tool_calls: it was not started to handle them, or the model has no template for them. Start vLLM with --enable-auto-tool-choice --tool-call-parser hermes, SGLang with --tool-call-parser qwen25, llama.cpp with --jinja (older builds; newer ones have it on); on Ollama choose a model that supports tools. Where the answer is ordinary text, the model may simply have chosen not to call; larger models call more reliably.",
      ),
  },
  "request.batch-size": {
    title: () => l10n.t("Too much in one request"),
    explanation: () =>
      l10n.t(
        "The request holds more texts than the server takes at once (10 for embeddings on DashScope, 32 on TEI by default), or its body is too large for the server or a proxy. Send smaller batches, or raise the limit: --max-client-batch-size on TEI, client_max_body_size on nginx.",
      ),
  },
  "request.token-input": {
    title: () => l10n.t("The server wants text, not token ids"),
    explanation: () =>
      l10n.t(
        "The input arrived as lists of numbers instead of text. LangChain's OpenAIEmbeddings does this by default: it cuts the text into OpenAI's tokens first, and those mean nothing to a Qwen model. Set check_embedding_ctx_length=False there, or send strings.",
      ),
  },
  "request.invalid": {
    title: () => l10n.t("The server rejects or ignores a part of the request"),
    explanation: () =>
      l10n.t(
        'The server understood the address and the key, but not the content: a field is missing, has the wrong type or a value out of range, or is ignored, as response_format is where a 200 holds no JSON. The message in the evidence names it; older OpenAI SDKs drop that message and say "400 status code (no body)". Correct the field, or leave it out when it is optional; where JSON mode is ignored, turn thinking off and ask for JSON in the prompt as well.',
      ),
  },
};
