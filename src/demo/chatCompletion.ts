import type { AnswerForm } from "./answerForm.ts";
import { composeReply, type ChatReply } from "./chatReply.ts";
import type { ChatRequest } from "./chatRequest.ts";
import { demoServerName } from "./serverName.ts";
import { tokensOf } from "./wordPieces.ts";

/** Tokens are the demo's word-ish pieces; reasoning counts as completion, as on vLLM and SGLang. */
interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly completion_tokens_details: { readonly reasoning_tokens: number };
}

/** A whole answer, cut to what was allowed, before anyone decides how to send it. */
export interface ChatCompletion extends ChatReply {
  readonly identity: CompletionIdentity;
  readonly model: string;
  readonly toolCall: ToolCall | undefined;
  readonly finishReason: "stop" | "length" | "tool_calls";
  readonly usage: Usage;
}

/** A call of a function; its arguments are tokens too. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly argumentsTokens: readonly string[];
}

interface CompletionIdentity {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
}

export function completeChat(request: ChatRequest, identity: CompletionIdentity): ChatCompletion {
  const whole = composeReply(request.source, request.form);
  const thought = request.thinking === "on" ? whole.reasoning : [];
  const allowed = request.maxTokens ?? Infinity;
  const reasoning = thought.slice(0, allowed);
  const answer = whole.answer.slice(0, allowed - reasoning.length);
  const called = toolCallOf(request.form, identity);
  const callTokens = called?.argumentsTokens.length ?? 0;
  // Half a call is none: its arguments would be no JSON.
  const toolCall = reasoning.length + callTokens <= allowed ? called : undefined;
  const wanted = thought.length + whole.answer.length + callTokens;
  const completionTokens = reasoning.length + answer.length + (toolCall === undefined ? 0 : callTokens);
  return {
    identity,
    model: request.model,
    reasoning,
    answer,
    toolCall,
    finishReason: completionTokens < wanted ? "length" : toolCall === undefined ? "stop" : "tool_calls",
    usage: {
      prompt_tokens: request.promptTokens,
      completion_tokens: completionTokens,
      total_tokens: request.promptTokens + completionTokens,
      completion_tokens_details: { reasoning_tokens: reasoning.length },
    },
  };
}

function toolCallOf(form: AnswerForm, { id }: CompletionIdentity): ToolCall | undefined {
  return form.kind === "tool-call"
    ? { id: `call-${id}`, name: form.name, argumentsTokens: tokensOf(form.argumentsText) }
    : undefined;
}

/** The fields that the whole answer and every chunk of a stream share. */
export function envelope(completion: ChatCompletion, object: string): Readonly<Record<string, unknown>> {
  return { ...completion.identity, object, model: completion.model, system_fingerprint: demoServerName };
}

/** The reply to a request without `stream`. Content is null beside a tool call, and when max_tokens ended it while thinking, as on vLLM. */
export function completionBody(completion: ChatCompletion): Readonly<Record<string, unknown>> {
  const { reasoning, answer, toolCall, finishReason, usage } = completion;
  const message = {
    role: "assistant",
    content: answer.length === 0 ? null : answer.join(""),
    ...(reasoning.length === 0 ? {} : { reasoning_content: reasoning.join("") }),
    ...(toolCall === undefined ? {} : { tool_calls: [calledFunction(toolCall)] }),
  };
  const choice = { index: 0, message, finish_reason: finishReason };
  return { ...envelope(completion, "chat.completion"), choices: [choice], usage };
}

function calledFunction({ id, name, argumentsTokens }: ToolCall): Readonly<Record<string, unknown>> {
  return { id, type: "function", function: { name, arguments: argumentsTokens.join("") } };
}
