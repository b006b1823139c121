/** Which findings a recorded reply shows, for `qwen-endpoints judge` and the table of recorded replies. */

import { readChatStream } from "../chat/readChatStream.ts";
import type { BodyStream, HttpReply } from "../ports.ts";
import { profiles } from "../servers/profiles/index.ts";
import type { Finding, FindingCode } from "./finding.ts";
import { judgeFault } from "./judgeFault.ts";
import { isModelPath } from "./isModelPath.ts";
import { judgeReply } from "./judgeReply.ts";
import { holdsThoughts, judgeRecordedAnswer } from "./recordedAnswer.ts";
import { readRow, type RecordedRow } from "./recordedRow.ts";

/** The codes of a row, the likeliest first; several where one reply can not tell them apart. Undefined for a value that is no row. */
export async function judgeRecorded(value: unknown): Promise<readonly FindingCode[] | undefined> {
  const row = readRow(value);
  if (row === undefined) {
    return undefined;
  }
  if (row.reply.status < 100) {
    return faultIn(row);
  }
  if (isNote(row.reply)) {
    return [];
  }
  const found = isChatStream(row) ? await judgeStream(row) : judgeWhole(row);
  const codes = found.flatMap(({ code }) => withAlternatives(refined(code, row), row));
  return [...new Set(codes)];
}

/** What the recorder wrote in place of a body: a remark in brackets, or what a client expects. */
function isNote({ body }: HttpReply): boolean {
  return /^(\(|expects )/.test(body);
}

/** No status line came; a code of the system may have been noted instead. */
function faultIn({ asked, reply }: RecordedRow): readonly FindingCode[] {
  const code =
    /\b(E(?!RR_|RROR)[A-Z]{4,}|EAI_AGAIN|ERR_[A-Z_]+|HPE_[A-Z_]+|[A-Z_]*(CERT|SIGNATURE)[A-Z_]*)\b/.exec(
      reply.body,
    )?.[0];
  if (code === undefined) {
    return [];
  }
  const fault = {
    phase: code.startsWith("ERR_SSL") ? "tls" : "connect",
    code,
    message: "",
    attempts: [],
  } as const;
  return [judgeFault(asked.method, asked.url, fault).code];
}

function judgeWhole(row: RecordedRow): readonly Finding[] {
  const isFine = isBanner(row);
  return isFine ? [] : [...judgeReply(row.reply, row.asked), ...judgeRecordedAnswer(row)];
}

/** Health routes and the root answer 200 with nothing or with a word (servers.md 0.1 and 1-5). */
function isBanner({ asked, reply }: RecordedRow): boolean {
  const { pathname } = new URL(asked.url);
  const isRootOrHealth =
    asked.method === "GET" && /^\/($|v1\/?$|health|ping|metrics|version|status)/.test(pathname);
  return (
    reply.status === 200 &&
    isRootOrHealth &&
    !/^\s*</.test(reply.body) &&
    !/^\s*\{\s*"error"/.test(reply.body)
  );
}

/** A stream by its type or its first letters, or JSON where a stream was asked for. DashScope's native frames hold no choices. */
function isChatStream({ asked, sent, reply }: RecordedRow): boolean {
  const isSuccess = reply.status >= 200 && reply.status < 300;
  const isEvents = /event-stream/.test(reply.headers["content-type"] ?? "");
  return isSuccess && (isEvents || (sent["stream"] === true && asked.task === "chat"));
}

async function judgeStream({ asked, reply }: RecordedRow): Promise<readonly Finding[]> {
  const events = reply.body.split(/\r?\n\r?\n/);
  const isNative = /^data:\s*\{"output"/m.test(reply.body);
  // Keep-alives alone are a piece that was cut out of a stream (OpenRouter's "PROCESSING").
  const isPiece = reply.body.trim() !== "" && events.every((event) => /^(:.*)?$/.test(event.trim()));
  if (isPiece || (isNative && !/event:\s*error/.test(reply.body))) {
    return [];
  }
  // "..." and `{...,` are what the recorder left out.
  const kept = events.filter((event) => !/^\.\.\.|[,{:]\s*\.\.\.\s*[,}]/.test(event.trim()));
  const leftOut = kept.length < events.length;
  const { status, headers } = reply;
  const body = bodyOf(kept.join("\n\n"));
  const findings: Finding[] = [];
  let answer = "";
  let isRelabelled = false;
  for await (const event of readChatStream({ status, headers, body }, asked)) {
    if (event.kind === "noticed") {
      findings.push(event.finding);
    } else if (event.kind === "answer") {
      answer += event.text;
    } else if (event.kind === "relabelled") {
      isRelabelled = true;
    } else if (event.kind === "ended" && event.outcome.kind === "failed") {
      findings.push(...event.outcome.findings);
    }
  }
  // The reader takes thinking between tags out of the answer, and says so of a closing one that stands alone.
  const isOpened = /"content":\s*"[^"]{0,20}(<|\\u003c)think(>|\\u003e)/i.test(reply.body);
  const unsplit: readonly Finding[] =
    isOpened || isRelabelled || holdsThoughts(answer)
      ? [{ code: "thinking.unsplit", severity: "warning", evidence: [], fixes: [] }]
      : [];
  return [
    ...findings.filter(({ code }) => !(leftOut && (code === "stream.cut" || code === "stream.no-done"))),
    ...unsplit,
  ];
}

function bodyOf(text: string): BodyStream {
  return {
    fault: () => undefined,
    async *[Symbol.asyncIterator]() {
      yield await Promise.resolve(new TextEncoder().encode(text));
    },
  };
}

/** What the request and the headers of the row add to the words of the reply. */
function refined(code: FindingCode, { sent, reply }: RecordedRow): FindingCode {
  const promised = Number(reply.headers["content-length"] ?? 0);
  if (
    code === "http.malformed" &&
    reply.body !== "" &&
    promised > new TextEncoder().encode(reply.body).length
  ) {
    return "http.truncated";
  }
  const input: unknown = Array.isArray(sent["input"]) ? (sent["input"] as readonly unknown[])[0] : undefined;
  const isTokens = typeof input === "number" || (Array.isArray(input) && typeof input[0] === "number");
  return code === "request.invalid" && isTokens ? "request.token-input" : code;
}

/** Where the row's server is known to mean two things by one reply, both; a second request decides (servers.md 0.2 and 0.4). */
function withAlternatives(code: FindingCode, { server, asked, reply }: RecordedRow): readonly FindingCode[] {
  const { pathname } = new URL(asked.url);
  if (code === "auth.wrong-region") {
    return [code, "auth.rejected"];
  }
  if (code === "http.wrong-path" && asked.method === "GET" && pathname.endsWith("/models")) {
    return ["http.no-models-route"];
  }
  if (
    code === "http.wrong-path" &&
    asked.task !== undefined &&
    profiles.find(({ id }) => id.replace("-", "") === server)?.lacks?.includes(asked.task) === true
  ) {
    return ["task.unsupported", code];
  }
  // Newer vLLM registers the routes of its model's tasks alone, some of them beside /v1 too.
  const isRightPath =
    /^\/v1\/(chat\/completions|completions|embeddings|rerank|score|pooling)$|^(\/v2)?\/(rerank|score|pooling)$/.test(
      pathname,
    );
  const isNoRoute = (code === "http.wrong-path" || code === "address.missing-v1") && reply.status === 404;
  if (isNoRoute && server === "vllm" && isRightPath) {
    return ["task.not-started-for", "http.wrong-path"];
  }
  const isPath = isModelPath(asked.model ?? modelIn(reply.body) ?? "");
  return code === "model.unknown" && isPath ? ["model.path-as-id", code] : [code];
}

/** The id that the server says it does not know. */
function modelIn(body: string): string | undefined {
  return /model [`'"\\]*([^`'"\\]+)[`'"\\]+ (does not exist|not found)/i.exec(body)?.[1];
}
