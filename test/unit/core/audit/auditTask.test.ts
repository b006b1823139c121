import assert from "node:assert/strict";
import { auditTask } from "../../../../src/core/audit/auditTask.ts";

/** Method and path of real servers, and what such a request is for. */
const cases: readonly (readonly [string, string, string])[] = [
  ["POST", "/v1/chat/completions", "chat"],
  ["POST", "/compatible-mode/v1/chat/completions/", "chat"],
  ["POST", "/api/chat", "chat"],
  ["POST", "/api/v1/services/aigc/text-generation/generation", "chat"],
  ["POST", "/api/v1/services/aigc/multimodal-generation/generation", "chat"],
  ["POST", "/v1/completions", "generate"],
  ["POST", "/generate", "generate"],
  ["POST", "/generate_stream", "generate"],
  ["POST", "/api/generate", "generate"],
  ["POST", "/v1beta/models/gemini-2.5-flash:generateContent", "generate"],
  ["POST", "/v1/embeddings", "embedding"],
  ["POST", "/embed", "embedding"],
  ["POST", "/api/embed", "embedding"],
  ["POST", "/api/v1/services/embeddings/text-embedding/text-embedding", "embedding"],
  ["POST", "/v1/rerank", "rerank"],
  ["POST", "/compatible-api/v1/reranks", "rerank"],
  ["POST", "/score", "rerank"],
  ["POST", "/api/v1/services/rerank/text-rerank/text-rerank", "rerank"],
  ["GET", "/v1/models", "models"],
  ["GET", "/v1/models/Qwen/Qwen3-8B", "models"],
  ["GET", "/health", "models"],
  ["GET", "/info", "models"],
  ["GET", "/", "models"],
  ["POST", "/api/show", "models"],
  ["POST", "/tokenize", "other"],
];

describe("auditTask", () => {
  for (const [method, path, task] of cases) {
    it(`takes ${method} ${path} for ${task}`, () => assert.equal(auditTask(method, path), task));
  }
});
