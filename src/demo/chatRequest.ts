import { readAnswerForm, type AnswerForm } from "./answerForm.ts";
import type { ReplySource } from "./chatReply.ts";
import { readMessages, type Conversation } from "./conversation.ts";
import { invalid, isJsonObject, optionalCount, valid, type Checked, type JsonObject } from "./json.ts";

/** Whether a stream ends with a chunk that holds the usage, as `stream_options.include_usage` asks for. */
export type UsageChunk = "sent" | "left-out";

/** A chat request with every field checked; fields the demo does not know are ignored, as model servers do. */
export interface ChatRequest {
  readonly model: string;
  readonly source: ReplySource;
  readonly form: AnswerForm;
  readonly promptTokens: number;
  readonly thinking: "on" | "off";
  readonly maxTokens: number | undefined;
  readonly delivery: "stream" | "whole";
  readonly usageChunk: UsageChunk;
}

/** The longest answer `demo_tokens` may ask for; it is made before it is sent, so it has to fit into memory. */
const longestAnswer = 1_000_000;

export function readChatRequest(request: JsonObject): Checked<ChatRequest> {
  const conversation = readMessages(request["messages"]);
  if (conversation.state === "invalid") return conversation;
  const maxTokens = readMaxTokens(request);
  if (maxTokens.state === "invalid") return maxTokens;
  const answerTokens = optionalCount(request, "demo_tokens", 1);
  if (answerTokens.state === "invalid") return answerTokens;
  if ((answerTokens.value ?? 0) > longestAnswer)
    return invalid(`demo_tokens must be at most ${longestAnswer}.`);
  return valid({
    model: String(request["model"]),
    source: sourceOf(conversation.value, answerTokens.value),
    form: readAnswerForm(request, conversation.value),
    promptTokens: conversation.value.tokens,
    thinking: thinkingOf(request),
    maxTokens: maxTokens.value,
    delivery: request["stream"] === true ? "stream" : "whole",
    usageChunk: usageChunkOf(request["stream_options"]),
  });
}

/** OpenAI renamed `max_tokens` to `max_completion_tokens`; the newer name wins. */
function readMaxTokens(request: JsonObject): Checked<number | undefined> {
  const newer = optionalCount(request, "max_completion_tokens", 1);
  if (newer.state === "invalid" || newer.value !== undefined) return newer;
  return optionalCount(request, "max_tokens", 1);
}

function sourceOf(conversation: Conversation, answerTokens: number | undefined): ReplySource {
  const { prompt, messageCount, unreadParts } = conversation;
  return { prompt, messageCount, unreadParts, answerTokens };
}

/** On by default, as Qwen3 has it. Each switch that a real server honours turns it off: DashScope's, SGLang's and vLLM's. */
function thinkingOf(request: JsonObject): "on" | "off" {
  const template = request["chat_template_kwargs"];
  const inTemplate = isJsonObject(template) ? template["enable_thinking"] : undefined;
  const off =
    request["enable_thinking"] === false || inTemplate === false || request["reasoning_effort"] === "none";
  return off ? "off" : "on";
}

function usageChunkOf(options: unknown): UsageChunk {
  return isJsonObject(options) && options["include_usage"] === true ? "sent" : "left-out";
}
