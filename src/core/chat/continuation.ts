/** How a model is asked to go on with an answer that ended for length; every server has its own way, or none. */

import * as l10n from "@vscode/l10n";

import { profileOf } from "../servers/profileOf.ts";
import type { ServerId } from "../servers/serverId.ts";
import type { ChatRequest } from "./chatRequest.ts";
import { userMessage, type WireMessage } from "./wireMessage.ts";

/** What is put on the answer itself, and into the body. */
interface Way {
  readonly onAnswer?: Readonly<Record<string, unknown>>;
  readonly extra: Readonly<Record<string, unknown>>;
}

/**
 * vLLM 5ac2684976: chat_completion/protocol.py, which refuses both flags at once. Thinking is off, as vllm/parser/qwen3.py takes
 * all up to `</think>` for thinking otherwise.
 * SGLang v0.5.18: `_handle_last_assistant_message` of serving_chat.py; without the flag such a message becomes a question.
 * `_get_reasoning_from_request` takes the rest for thinking unless it is off.
 * DashScope: Partial Mode (alibabacloud.com/help/en/model-studio/partial-mode), without thinking alone ("Partial mode is not
 * supported when enable_thinking is true").
 * llama.cpp 3f545becc: `prefill_assistant` of common/common.h, on unless told otherwise. Ollama fb3076099: `prefill` in
 * model/renderers/qwen3vl.go and others. LMDeploy: its issue 2798 ("the last role of the messages could be assistant with prefix
 * content"). TGI db931fcf: router/src/infer/chat_template.rs.
 * LM Studio, Xinference, LiteLLM and the other providers name no way that holds for all their models, so they are asked in words.
 */
const ways: Readonly<Partial<Record<ServerId, Way>>> = {
  vllm: { extra: { continue_final_message: true, add_generation_prompt: false, ...withoutThinking("vllm") } },
  sglang: { extra: { continue_final_message: true, ...withoutThinking("sglang") } },
  dashscope: { onAnswer: { partial: true }, extra: withoutThinking("dashscope") },
  "llama.cpp": { extra: {} },
  ollama: { extra: {} },
  lmdeploy: { extra: {} },
  tgi: { extra: {} },
};

function withoutThinking(server: ServerId): Readonly<Record<string, unknown>> {
  return profileOf(server).thinking?.off ?? {};
}

/**
 * The messages with the answer so far as the last one, and the fields of the body that make the server go on from it; they are to
 * be merged over those of the run. The thinking is not sent again. Where the length ended the thinking, there is nothing to go on from.
 */
export function continuation(
  messages: readonly WireMessage[],
  answer: string,
  server: ServerId | undefined,
): Pick<ChatRequest, "messages" | "extra"> {
  if (answer.trim() === "") {
    return { messages, extra: {} };
  }
  const way = server === undefined ? undefined : ways[server];
  const said = { role: "assistant", content: answer, ...way?.onAnswer };
  return way === undefined
    ? { messages: [...messages, said, userMessage(goOn())], extra: {} }
    : { messages: [...messages, said], extra: way.extra };
}

function goOn(): string {
  return l10n.t("Go on exactly where your last message ends. Repeat nothing of it, and add no remark.");
}
