/**
 * Interactive requests through the `openai` package, because it is the client most of our users' programs use: it builds
 * the request, our transport sends it, and our own reader reads the reply (facts: extension-host.md, "The openai SDK").
 */

import OpenAI from "openai";

import type {
  GatewayRequest,
  Http,
  HttpRequest,
  ModelGateway,
  NetworkFault,
  StreamOutcome,
} from "../core/ports.ts";

/** A reply larger than this is cut; a streamed answer of a hundred thousand tokens stays far below. */
const replyBytes = 256 * 1024 * 1024;

export function openaiGateway(http: Http): ModelGateway {
  return {
    open: async (request, signal) => {
      const caught: { outcome?: StreamOutcome } = {};
      try {
        // The SDK refuses an empty key and an empty base URL means api.openai.com, so both are always given.
        const client = new OpenAI({
          apiKey: apiKeyOf(request),
          baseURL: request.endpoint.baseUrl,
          organization: null,
          project: null,
          maxRetries: 0,
          logLevel: "off",
          timeout: 24 * 3600 * 1000,
          defaultHeaders: request.credentials.headers,
          fetch: recordingFetch(http, request, signal, caught),
        });
        await client.post(request.path, { body: request.body, signal }).asResponse();
      } catch (error) {
        caught.outcome ??= { kind: "fault", fault: sdkFault(error) };
      }
      return caught.outcome ?? { kind: "fault", fault: sdkFault(new Error("no request was sent")) };
    },
  };
}

/** The placeholder that keyless servers expect (vLLM's and SGLang's own examples use it). */
function apiKeyOf({ credentials: { key } }: GatewayRequest): string {
  const value = key.kind === "key" ? key.value.trim() : "";
  return value === "" ? "EMPTY" : value;
}

/** Keeps the real outcome and gives the SDK an empty reply of the same status, so that it reads nothing away. */
function recordingFetch(
  http: Http,
  { endpoint }: GatewayRequest,
  signal: AbortSignal,
  caught: { outcome?: StreamOutcome },
): typeof fetch {
  return async (input, init) => {
    const sent: HttpRequest = {
      method: "POST",
      url: input instanceof Request ? input.url : String(input),
      headers: Object.fromEntries(new Headers(init?.headers)),
      ...(typeof init?.body === "string" ? { body: init.body } : {}),
      timeouts: endpoint.timeouts,
      tls: endpoint.tls,
      maxBytes: replyBytes,
    };
    const outcome = await http.open(sent, signal);
    caught.outcome = outcome;
    if (outcome.kind === "fault") {
      throw new Error(outcome.fault.code);
    }
    return new Response(null, { status: outcome.reply.status < 200 ? 502 : outcome.reply.status });
  };
}

/** What the SDK or the platform refused before anything was sent, such as a header that can not be written. */
function sdkFault(error: unknown): NetworkFault {
  const message = error instanceof Error ? error.message : String(error);
  const code = /ByteString|header/i.test(message) ? "ERR_INVALID_CHAR" : "ERR_INVALID_URL";
  // The platform's message quotes the value it refused, which may be the key.
  return { phase: "send", code, message: code, attempts: [] };
}
