/**
 * Interactive requests through the `openai` package, because it is the client most of our users' programs use: it builds
 * the request, our transport sends it, and our own reader reads the reply (facts: extension-host.md, "The openai SDK").
 */

import OpenAI from "openai";

import { originOf } from "../core/endpoint/baseUrl.ts";
import { wireOptions } from "../core/endpoint/wireOptions.ts";
import { placeholderKey, requestHeaders } from "../core/endpoint/requestHeaders.ts";
import type {
  Credentials,
  GatewayRequest,
  Http,
  HttpRequest,
  ModelGateway,
  NetworkFault,
  StreamOutcome,
} from "../core/ports.ts";

/** In the same bundle, so that the package is there once. */
export { readWithSdk } from "./sdkReader.ts";

/** A reply larger than this is cut; a streamed answer of a hundred thousand tokens stays far below. */
const replyBytes = 256 * 1024 * 1024;

export function openaiGateway(http: Http): ModelGateway {
  return {
    open: async (request, signal) => {
      const caught: { outcome?: StreamOutcome } = {};
      // To the SDK an empty base URL means api.openai.com, which the key is not for.
      if (originOf(request.endpoint.baseUrl) === undefined) {
        return { kind: "fault", fault: unsent("ERR_INVALID_URL") };
      }
      try {
        const client = new OpenAI({
          // The SDK refuses an empty key, and with none it looks for one in the environment.
          apiKey: apiKeyOf(request.credentials),
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
        caught.outcome ??= { kind: "fault", fault: sdkFault(error, signal) };
      }
      return caught.outcome ?? { kind: "fault", fault: unsent("ERR_INVALID_URL") };
    },
  };
}

function apiKeyOf({ key }: Credentials): string {
  const value = key.kind === "key" ? key.value.trim() : "";
  return value === "" ? placeholderKey : value;
}

/** Keeps the real outcome and gives the SDK an empty reply of the same status, so that it reads nothing away. */
function recordingFetch(
  http: Http,
  { endpoint, credentials, headers }: GatewayRequest,
  signal: AbortSignal,
  caught: { outcome?: StreamOutcome },
): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (originOf(url) !== originOf(endpoint.baseUrl)) {
      throw new Error("the request would leave the endpoint's origin");
    }
    const sent: HttpRequest = {
      method: "POST",
      url,
      headers: { ...headers, ...headersOf(new Headers(init?.headers), credentials) },
      ...(typeof init?.body === "string" ? { body: init.body } : {}),
      timeouts: endpoint.timeouts,
      ...wireOptions(endpoint, credentials),
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

/**
 * The SDK's own marks with our headers. What else it built stays behind: it adds `OPENAI_CUSTOM_HEADERS` to every
 * request, and those are for the user's account at OpenAI.
 */
function headersOf(built: Headers, credentials: Credentials): Record<string, string> {
  const marks = [...built].filter(([name]) => /^(content-type|user-agent|x-stainless-.*)$/.test(name));
  const key = { kind: "key", value: apiKeyOf(credentials) } as const;
  return { ...Object.fromEntries(marks), ...requestHeaders({ ...credentials, key }) };
}

/** What the SDK or the platform refused before anything was sent, such as a header that can not be written. */
function sdkFault(error: unknown, signal: AbortSignal): NetworkFault {
  if (signal.aborted) {
    return unsent("ABORTED");
  }
  const message = error instanceof Error ? error.message : String(error);
  // The platform's message quotes the value it refused, which may be the key, so it is not passed on.
  return unsent(/ByteString|header/i.test(message) ? "ERR_INVALID_CHAR" : "ERR_INVALID_URL");
}

function unsent(code: string): NetworkFault {
  return { phase: "send", code, message: code, attempts: [] };
}
