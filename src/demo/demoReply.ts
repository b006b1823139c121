import type { ChatCompletion } from "./chatCompletion.ts";
import type { UsageChunk } from "./chatRequest.ts";

/** What a route decides; only `sendReply` knows how it gets onto the wire. */
export type DemoReply =
  | {
      readonly kind: "document";
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: "chat"; readonly completion: ChatCompletion }
  | { readonly kind: "chat-stream"; readonly completion: ChatCompletion; readonly usageChunk: UsageChunk };

export function jsonReply(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): DemoReply {
  return {
    kind: "document",
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(value),
  };
}

export function textReply(text: string): DemoReply {
  return {
    kind: "document",
    status: 200,
    headers: { "content-type": "text/plain; charset=utf-8" },
    body: text,
  };
}

/** The nested envelope of vLLM since v0.10.1, the one most programs meet. */
export function errorReply(status: number, type: string, message: string): DemoReply {
  return jsonReply(status, { error: { message, type, param: null, code: status } });
}

export function badRequest(problem: string): DemoReply {
  return errorReply(400, "BadRequestError", problem);
}

/** FastAPI's words for a path without a route, as SGLang and vLLM say them. */
export function pathNotFound(): DemoReply {
  return jsonReply(404, { detail: "Not Found" });
}

/** FastAPI's words for a route that wants another method. */
export function methodNotAllowed(allow: string): DemoReply {
  return jsonReply(405, { detail: "Method Not Allowed" }, { allow });
}
