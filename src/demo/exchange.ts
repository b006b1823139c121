import type { IncomingMessage, ServerResponse } from "node:http";
import { refuseWithoutKey } from "./accessKey.ts";
import { badRequest, errorReply, methodNotAllowed, pathNotFound, type DemoReply } from "./demoReply.ts";
import { parseJsonObject, type JsonObject } from "./json.ts";
import { readBody } from "./requestBody.ts";
import type { RequestLog } from "./requestLog.ts";
import type { Route } from "./routes.ts";
import { sendReply, sendTooLarge } from "./sendReply.ts";
import { demoServerName } from "./serverName.ts";

/** What every exchange of one server shares. */
export interface DemoService {
  readonly routes: ReadonlyMap<string, Route>;
  readonly key: string | undefined;
  readonly tokensPerSecond: number;
  readonly log: RequestLog;
}

/** What is written down of a request body: two fields, never its text. */
interface BodyNote {
  model?: string;
  stream?: boolean;
}

/** Answers one request and logs it when its connection is done with it; never rejects. */
export async function serveExchange(
  request: IncomingMessage,
  response: ServerResponse,
  service: DemoService,
): Promise<void> {
  const note: BodyNote = {};
  const gone = new AbortController();
  logOnClose(request, response, service.log, note);
  response.once("close", () => gone.abort());
  response.on("error", () => gone.abort());
  response.setHeader("server", demoServerName);
  try {
    const reply = await decide(request, service, note);
    if (gone.signal.aborted || reply === "client-closed") return;
    if (reply === "too-large") sendTooLarge(request, response);
    else await sendReply(response, reply, service.tokensPerSecond, gone.signal);
  } catch (error) {
    if (gone.signal.aborted) return;
    failExchange(response, error);
  }
}

function logOnClose(
  request: IncomingMessage,
  response: ServerResponse,
  log: RequestLog,
  note: BodyNote,
): void {
  const at = Date.now();
  const startMs = performance.now();
  response.once("close", () => {
    log.record({
      at,
      method: request.method ?? "",
      path: pathOf(request),
      status: response.headersSent ? response.statusCode : 0,
      ...note,
      finished: response.writableFinished ? "complete" : "client-closed",
      durationMs: performance.now() - startMs,
    });
  });
}

async function decide(
  request: IncomingMessage,
  service: DemoService,
  note: BodyNote,
): Promise<DemoReply | "too-large" | "client-closed"> {
  const path = pathOf(request);
  const route = service.routes.get(path);
  // Like SGLang, and so that a wrong key is told before a wrong path.
  if (route?.access === "keyed" || path.startsWith("/v1/")) {
    const refusal = refuseWithoutKey(service.key, request.headers.authorization);
    if (refusal !== undefined) return refusal;
  }
  if (route === undefined) return pathNotFound();
  if (route.method !== request.method) return methodNotAllowed(route.method);
  if (route.method === "GET") return route.answer();
  const body = await readBody(request);
  if (body.state !== "read") return body.state;
  const parsed = parseJsonObject(body.bytes.toString("utf8"));
  if (parsed === undefined) return badRequest("The request body must be a JSON object.");
  Object.assign(note, noteOf(parsed));
  return route.answer(parsed);
}

function noteOf(body: JsonObject): BodyNote {
  const { model, stream } = body;
  return {
    ...(typeof model === "string" ? { model } : {}),
    ...(typeof stream === "boolean" ? { stream } : {}),
  };
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "").split("?", 1)[0] ?? "";
}

/** A broken promise of our own. It may hold the prompt, so only its name is told. */
function failExchange(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const name = error instanceof Error ? error.name : "unknown";
  const reply = errorReply(500, "InternalServerError", `The demo endpoint failed (${name}).`);
  if (reply.kind === "document") response.writeHead(reply.status, reply.headers).end(reply.body);
}
