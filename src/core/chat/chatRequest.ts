/** The request bodies of a chat: the OpenAI protocol's, the plain "generate" protocol's, and DashScope's own. */

import { joinPath } from "../endpoint/baseUrl.ts";
import type { Endpoint } from "../endpoint/endpoint.ts";
import { nativeBody, nativeHeaders, nativePath } from "./dashscopeNative.ts";
import { asOnePrompt, type WireMessage } from "./wireMessage.ts";

export interface ChatRequest {
  readonly endpoint: Endpoint;
  readonly model: string;
  /** The whole conversation, oldest first. */
  readonly messages: readonly WireMessage[];
  /** Keys merged into the top level of the body, such as `max_tokens` or `enable_thinking`. */
  readonly extra: Readonly<Record<string, unknown>>;
}

export interface WireRequest {
  /** Below the base URL. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `usage: "asked"` requests the closing usage chunk, which a few servers refuse. */
export function chatWireRequest(request: ChatRequest, usage: "asked" | "not-asked"): WireRequest {
  const { endpoint, model, messages, extra } = request;
  if (endpoint.protocol === "generate") {
    return { path: generatePath(model), body: { prompt: asOnePrompt(messages), max_tokens: 1024, ...extra } };
  }
  const native = nativePath(endpoint.baseUrl);
  if (native !== undefined) {
    const body = nativeBody(model, messages, extra);
    return { path: native, body, ...(isWhole(extra) ? {} : { headers: nativeHeaders }) };
  }
  return {
    path: "/chat/completions",
    body: {
      model,
      messages,
      stream: true,
      // Servers refuse stream_options without a stream.
      ...(usage === "asked" && !isWhole(extra) ? { stream_options: { include_usage: true } } : {}),
      ...extra,
    },
  };
}

/** Does the request ask for its answer in one piece? */
export function isWhole(extra: ChatRequest["extra"]): boolean {
  return extra["stream"] === false;
}

/** `/models/{model}:generate`; a slash in the id stays a slash, as such servers route on it. */
export function generatePath(model: string): string {
  return `/models/${model.split("/").map(encodeURIComponent).join("/")}:generate`;
}

export function chatUrl(request: ChatRequest): string {
  return joinPath(request.endpoint.baseUrl, chatWireRequest(request, "asked").path);
}
