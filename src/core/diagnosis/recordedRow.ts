/** A recorded reply (one line of a .jsonl), read as the exchange it was: what was asked, with which key, and what came back. */

import * as v from "valibot";

import { joinPath, originOf } from "../endpoint/baseUrl.ts";
import type { Task } from "../endpoint/endpoint.ts";
import type { HttpReply, KeyReading } from "../ports.ts";
import { presets } from "../servers/presets.ts";
import type { Asked } from "./judgeReply.ts";

const headers = v.fallback(v.nullish(v.record(v.string(), v.unknown())), undefined);

const rowSchema = v.object({
  server: v.optional(v.string(), ""),
  case: v.optional(v.string(), ""),
  request: v.fallback(
    v.nullish(
      v.object({
        method: v.optional(v.string(), "GET"),
        path: v.optional(v.string(), "/"),
        headers,
        body: v.optional(v.unknown()),
      }),
    ),
    undefined,
  ),
  status: v.fallback(
    v.nullish(v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{3}$/), v.transform(Number))])),
    undefined,
  ),
  headers,
  body: v.optional(v.unknown()),
});

export interface RecordedRow {
  readonly server: string;
  readonly name: string;
  readonly asked: Asked;
  /** What was sent, where it was recorded and is an object. */
  readonly sent: Readonly<Record<string, unknown>>;
  readonly reply: HttpReply;
}

/** Undefined for a value that is no such row. A row without a status has the status 0. */
export function readRow(value: unknown): RecordedRow | undefined {
  const result = v.safeParse(rowSchema, value);
  // To valibot a list is an object too.
  if (!result.success || Array.isArray(value)) {
    return undefined;
  }
  const { server, case: name, request, status } = result.output;
  const body = textOf(result.output.body);
  const replyHeaders = { "content-type": guessedType(body), ...lowerCased(result.output.headers) };
  const reply = { status: status ?? 0, headers: replyHeaders, body, bytes: body.length, timings: {} };
  const sent = fieldsOf(request?.body);
  const url = urlOf(server, request?.path ?? "/");
  const task = taskOf(url);
  const asked = {
    method: request?.method.toUpperCase() === "POST" ? ("POST" as const) : ("GET" as const),
    url,
    baseUrl: baseUrlOf(url),
    key: keyOf(lowerCased(request?.headers), reply),
    ...(task === undefined ? {} : { task }),
    ...(typeof sent["model"] === "string" ? { model: sent["model"] } : {}),
  };
  return { server: server.toLowerCase(), name, asked, sent, reply };
}

function lowerCased(record: Readonly<Record<string, unknown>> | null | undefined): Record<string, string> {
  const entries = Object.entries(record ?? {});
  return Object.fromEntries(
    entries.map(([name, value]) => [name.toLowerCase(), typeof value === "string" ? value : textOf(value)]),
  );
}

function textOf(value: unknown): string {
  return value === undefined || value === null
    ? ""
    : typeof value === "string"
      ? value
      : JSON.stringify(value);
}

/** A body that was kept as text may hold the JSON that was sent. */
function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  return body === Object(body) && !Array.isArray(body) ? (body as Record<string, unknown>) : {};
}

/** Where the recorder left the headers out, the body tells. */
function guessedType(body: string): string {
  if (/^(data|id|event|retry)?:/.test(body)) {
    return "text/event-stream";
  }
  if (/^\s*</.test(body)) {
    return "text/html";
  }
  // Text that is no JSON comes without a type of ours: a broken body of JSON is told apart by its first letter.
  return /^\s*[A-Za-z]/.test(body) && !/^\s*(true|false|null)/.test(body) ? "text/plain" : "application/json";
}

/** Hosted providers by their own host, all else on this machine. */
function urlOf(server: string, path: string): string {
  const filled = path.replace("{endpoint_url}", "/v1");
  if (originOf(filled) !== undefined) {
    return filled;
  }
  const whole = `${originFor(server.toLowerCase())}${filled.startsWith("/") ? "" : "/"}${filled}`;
  return URL.canParse(whole) && originOf(whole) !== undefined
    ? new URL(whole).href
    : "http://localhost:8000/";
}

function originFor(server: string): string {
  const family = server.startsWith("dashscope") ? "dashscope" : server;
  const hosted = presets.find(({ id, localPort }) => localPort === undefined && family === id);
  if (server.startsWith("azure")) {
    return "https://resource.openai.azure.com";
  }
  return (hosted === undefined ? undefined : originOf(hosted.baseUrl)) ?? "http://localhost:8000";
}

const operation =
  /\/(chat\/completions|completions|responses|embeddings|reranks?|score|pooling|models(\/[^/]+)*)\/?$/;

/** Routes beside the API: they say nothing of the base URL. */
const besideTheApi =
  /^\/(health|healthz|health_generate|ping|metrics|version|props|slots|info|load|status|tokenize|embed|embed_all|api\/(version|tags|ps|show|chat|generate|embed)|(get_)?(model|server)_info|(get_)?weight_version|hicache\/.*|health\/.*)\/?$/;

/** What was configured, so that the operation came to stand behind it. */
function baseUrlOf(url: string): string {
  const { pathname, origin, search } = new URL(url);
  if (besideTheApi.test(pathname)) {
    return joinPath(origin, "/v1");
  }
  return `${origin}${pathname.replace(operation, "").replace(/\/+$/, "")}${search}`;
}

function taskOf(url: string): Task | undefined {
  const { pathname } = new URL(url);
  if (/rerank|\/score$/.test(pathname)) {
    return "rerank";
  }
  return /embed/.test(pathname)
    ? "embedding"
    : /chat|generation|completions/.test(pathname)
      ? "chat"
      : undefined;
}

/** Words for a key that did not come, and for one that came and was read (servers.md 0.2). */
const saysMissing =
  /no api.?key|no auth credentials|not authenticated|didn.t provide|(provide|missing).{0,12}(api.?key|authorization|access token)|no token|missing credentials/i;
const saysRefused =
  /incorrect|malformed|expired|revoked|subscription key|invalid token|invalid access token|invalid api-key provided|invalid_api_key.{0,5}incorrect|valid .{0,20}token|invalid (proxy server )?token|api key not found|user not found|key is (invalid|not valid)|virtual key expected|令牌/i;

/** The server's words decide; then the header that was recorded. Without either no key was sent. */
function keyOf(sent: Readonly<Record<string, string>>, { body }: HttpReply): KeyReading {
  const missing = { kind: "missing", where: "authorization" } as const;
  if (saysMissing.test(body)) {
    return missing;
  }
  const header = sent["authorization"] ?? sent["api-key"] ?? sent["x-api-key"];
  if (header !== undefined) {
    return { kind: "key", value: keyIn(header) };
  }
  return saysRefused.test(body) ? { kind: "key", value: "recorded-key" } : missing;
}

/** The key of a header; a mask in its place (•••, …, ***) stands for some key, of which the start may still tell the plan. */
function keyIn(header: string): string {
  const value = header.replace(/^Bearer( |$)/i, "");
  const plan = value.startsWith("sk-sp-") ? "sk-sp-" : "";
  return /[•…*]|^<.*>$/.test(value) ? `${plan}recorded-key` : value;
}
