/**
 * Reads a recorded reply once more with the real `openai` package, to say what a program would have got. The package is
 * given the reply in place of a network, a base URL that leads nowhere, and no key.
 */

import OpenAI from "openai";
import { VERSION } from "openai/version";

import { fieldsOf, listOf, textOf } from "../core/chat/fields.ts";
import type { SdkGot, SdkReplay, SdkReplayed } from "../core/chat/sdkReading.ts";
import { placeholderKey } from "../core/endpoint/requestHeaders.ts";

export async function readWithSdk(replay: SdkReplay): Promise<SdkReplayed> {
  const client = new OpenAI({
    apiKey: placeholderKey,
    baseURL: "http://recorded.invalid/v1",
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: "off",
    fetch: () => Promise.resolve(responseOf(replay)),
  });
  const seen = new Seen();
  const got = await (
    replay.task === "chat" ? readChat(client, replay, seen) : readEmbeddings(client, replay)
  ).catch(errorOf);
  return { client: `openai ${VERSION}`, got, ...seen.beside() };
}

async function readChat(client: OpenAI, { request }: SdkReplay, seen: Seen): Promise<SdkGot> {
  const body = request as unknown as OpenAI.Chat.ChatCompletionCreateParams;
  if (body.stream !== true) {
    const value: unknown = await client.chat.completions.create(body);
    return wholeChat(value, seen);
  }
  for await (const chunk of await client.chat.completions.create(body)) {
    seen.chunk(chunk);
  }
  return seen.text();
}

function wholeChat(value: unknown, seen: Seen): SdkGot {
  const choice = fieldsOf(listOf(fieldsOf(value)?.["choices"])?.[0]);
  if (choice === undefined) {
    return unusable(value);
  }
  seen.message(choice["message"]);
  return seen.text();
}

async function readEmbeddings(client: OpenAI, { request }: SdkReplay): Promise<SdkGot> {
  const body = request as unknown as OpenAI.EmbeddingCreateParams;
  const value: unknown = await client.embeddings.create(body);
  const data = listOf(fieldsOf(value)?.["data"]);
  if (data === undefined) {
    return unusable(value);
  }
  const first = fieldsOf(data[0])?.["embedding"];
  return { kind: "vectors", count: data.length, dimensions: listOf(first)?.length ?? 0 };
}

function unusable(value: unknown): SdkGot {
  const kind =
    value === undefined || value === null ? "nothing" : typeof value === "string" ? "string" : "object";
  return { kind: "unusable", value: kind };
}

/** The bundle has other names for classes, so theirs are written out. Those that others extend come last. */
const errorClasses = {
  BadRequestError: OpenAI.BadRequestError,
  AuthenticationError: OpenAI.AuthenticationError,
  PermissionDeniedError: OpenAI.PermissionDeniedError,
  NotFoundError: OpenAI.NotFoundError,
  ConflictError: OpenAI.ConflictError,
  UnprocessableEntityError: OpenAI.UnprocessableEntityError,
  RateLimitError: OpenAI.RateLimitError,
  InternalServerError: OpenAI.InternalServerError,
  APIConnectionTimeoutError: OpenAI.APIConnectionTimeoutError,
  APIConnectionError: OpenAI.APIConnectionError,
  APIError: OpenAI.APIError,
  OpenAIError: OpenAI.OpenAIError,
} as const;

function errorOf(error: unknown): SdkGot {
  const [known] = Object.entries(errorClasses).find(([, each]) => error instanceof each) ?? [];
  return error instanceof Error
    ? { kind: "error", name: known ?? error.name, message: error.message }
    : { kind: "error", name: typeof error, message: String(error) };
}

/** What a program that follows the package's documentation gathers from the chunks. */
class Seen {
  #chunks = 0;
  readonly #answer: string[] = [];
  readonly #reasoning: string[] = [];
  #reasoningField: string | undefined;
  readonly #calls = new Map<unknown, { name: string; argumentsText: string }>();

  chunk(chunk: unknown): void {
    this.#chunks++;
    this.message(fieldsOf(listOf(fieldsOf(chunk)?.["choices"])?.[0])?.["delta"]);
  }

  message(value: unknown): void {
    const message = fieldsOf(value) ?? {};
    this.#answer.push(textOf(message["content"]) ?? "");
    for (const field of ["reasoning_content", "reasoning"]) {
      const text = textOf(message[field]) ?? "";
      this.#reasoningField ??= text === "" ? undefined : field;
      this.#reasoning.push(this.#reasoningField === field ? text : "");
    }
    listOf(message["tool_calls"])?.forEach((call, place) => this.#call(fieldsOf(call) ?? {}, place));
  }

  text(): SdkGot {
    const [answer, reasoning] = [this.#answer.join(""), this.#reasoning.join("")];
    return { kind: "text", answer, reasoning, chunks: this.#chunks };
  }

  beside(): Pick<SdkReplayed, "reasoningField" | "toolCalls"> {
    return {
      toolCalls: [...this.#calls.values()],
      ...(this.#reasoningField === undefined ? {} : { reasoningField: this.#reasoningField }),
    };
  }

  /** Whole messages have no index: there the place counts. */
  #call(call: Readonly<Record<string, unknown>>, place: number): void {
    const key = this.#chunks === 0 ? place : call["index"];
    const asked = fieldsOf(call["function"]) ?? {};
    const before = this.#calls.get(key) ?? { name: "", argumentsText: "" };
    this.#calls.set(key, {
      name: before.name + (textOf(asked["name"]) ?? ""),
      argumentsText: before.argumentsText + (textOf(asked["arguments"]) ?? ""),
    });
  }
}

/** So much is handed over at once: a long reply must not hold up the extension host. */
const readBytes = 64 * 1024;

function responseOf({ status, headers, body }: SdkReplay): Response {
  const bytes = new TextEncoder().encode(body);
  let place = 0;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setImmediate(resolve));
      controller.enqueue(bytes.subarray(place, place + readBytes));
      place += readBytes;
      if (place >= bytes.length) {
        controller.close();
      }
    },
  });
  const isBodiless = [204, 205, 304].includes(status);
  const known = status >= 200 && status <= 599 ? status : 502;
  return new Response(isBodiless ? null : stream, { status: known, headers: plainHeaders(headers) });
}

/** The mask of a secret is no character that a header may hold. */
function plainHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name, value]) => /^[\w-]+$/.test(name) && /^[\t\x20-\x7e]*$/.test(value),
    ),
  );
}
