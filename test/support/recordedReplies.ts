/** The replies recorded from real servers (test/fixtures/wire/responses.jsonl), as the transport would hand them over. */

import { readFileSync } from "node:fs";

import type { Asked } from "../../src/core/diagnosis/judgeReply.ts";
import type { HttpReply, KeyReading } from "../../src/core/ports.ts";
import type { Task } from "../../src/core/endpoint/endpoint.ts";

interface Recorded {
  readonly server: string;
  readonly case: string;
  readonly request: { readonly method: "GET" | "POST"; readonly path: string };
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface RecordedReply {
  /** `vllm: unknown-model`. */
  readonly name: string;
  readonly reply: HttpReply;
  /** What was asked, with a base URL such as people configure for that server. */
  readonly asked: Asked;
}

/** Those of the shared facts, and those we measured ourselves (`npm run test:servers`). */
const files = ["responses.jsonl", "measured.jsonl"];

const lines = files.flatMap((file) =>
  readFileSync(new URL(`../fixtures/wire/${file}`, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Recorded),
);

/** The rows as they stand in the files, for `judgeRecorded`. */
export const recordedRows: readonly { readonly name: string; readonly row: object }[] = lines.map((row) => ({
  name: `${row.server}: ${row.case}`,
  row,
}));

export const recordedReplies: readonly RecordedReply[] = lines.map(read);

function read(recorded: Recorded): RecordedReply {
  const { method, path } = recorded.request;
  const url = new URL(path.replace("{endpoint_url}", "/v1"), originFor(recorded.server)).href;
  const body = typeof recorded.body === "string" ? recorded.body : JSON.stringify(recorded.body);
  const task = taskOf(path);
  const asked = {
    method,
    url,
    baseUrl: baseUrlOf(url),
    key: keyOf(recorded.case),
    ...(task === undefined ? {} : { task }),
  };
  const headers = Object.fromEntries(
    Object.entries({ "content-type": contentType(body), ...recorded.headers }).map(([name, value]) => [
      name.toLowerCase(),
      value,
    ]),
  );
  const reply = { status: recorded.status, headers, body, bytes: body.length, timings: {} };
  return { name: `${recorded.server}: ${recorded.case}`, reply, asked };
}

function originFor(server: string): string {
  return server.startsWith("dashscope") ? "https://dashscope.aliyuncs.com" : "http://localhost:8000";
}

/** What was configured, so that the operation came to stand behind it. */
function baseUrlOf(url: string): string {
  return url
    .replace(/\?.*$/, "")
    .replace(/\/(chat\/completions|embeddings|rerank|reranks|models(\/[^/]*)?|health)\/?$/, "");
}

function keyOf(name: string): KeyReading {
  return name.startsWith("missing-key")
    ? { kind: "missing", where: "secret" }
    : { kind: "key", value: "sk-1234567890" };
}

function taskOf(path: string): Task | undefined {
  if (path.includes("rerank")) {
    return "rerank";
  }
  return path.includes("embed") ? "embedding" : path.includes("chat") ? "chat" : undefined;
}

function contentType(body: string): string {
  if (/^(data|id|event|)?:/.test(body)) {
    return "text/event-stream";
  }
  return "application/json";
}
