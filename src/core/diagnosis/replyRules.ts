/**
 * What servers say in an error reply, and which finding it is. First match wins.
 * Sources: shared facts on servers (servers.md 0.2-0.12, responses.jsonl); a new failure is one row here and one fixture.
 */

import type { FindingCode } from "./finding.ts";

export interface ReplyRule {
  readonly code: FindingCode;
  /** Statuses the rule holds for; absent for any. */
  readonly statuses?: readonly number[];
  /** Looked for in the server's message, code and type, joined with spaces. */
  readonly says?: RegExp;
}

export const replyRules: readonly ReplyRule[] = [
  // Money and quotas. DashScope's insufficient_quota is tokens a minute, and is told apart by the host.
  { code: "limit.billing", statuses: [402] },
  {
    code: "limit.billing",
    says: /arrearage|overdue|FreeTierOnly|free tier|balance is insufficient|\b30001\b|BillOverdue|NotPurchased|insufficient.(balance|credits)/i,
  },
  { code: "auth.not-activated", says: /AccessDenied\.Unpurchased|not.{0,10}activated|Unpurchased/i },
  {
    code: "model.access",
    says: /Model\.AccessDenied|Model access denied|does not have access to model|Model disabled/i,
  },
  { code: "limit.tokens", says: /AllocationQuota|TPM limit|tokens per min/i, statuses: [429] },
  {
    code: "limit.quota",
    says: /insufficient_quota|quota exceeded|exceeded your current quota|budget_exceeded|budget has been exceeded/i,
    statuses: [429, 403, 400],
  },
  {
    code: "server.overloaded",
    says: /overloaded|queue is full|server busy|maximum pending|No deployments available|too busy|waiting timeout|\b50505\b/i,
    statuses: [429, 503],
  },
  { code: "limit.rate", statuses: [429] },
  // In a stream and in a 200 there is no status to go by.
  {
    code: "limit.rate",
    says: /rate limit|too many requests|Throttling\.|limit_burst_rate/i,
    statuses: [429],
  },

  // Keys.
  { code: "connect.proxy", statuses: [407] },
  { code: "auth.rejected", statuses: [401] },
  {
    code: "auth.rejected",
    says: /invalid.{0,4}api.{0,2}key|incorrect api key|invalid_api_key|authentication failed/i,
    statuses: [400, 403],
  },

  // Addresses. LM Studio answers unknown paths with an error in a 200 (servers.md 0.4).
  { code: "tls.https-server", says: /HTTP request.{0,20}to (an )?HTTPS (port|server)/i, statuses: [400] },
  { code: "http.wrong-path", says: /unexpected endpoint or method/i },

  // Models and tasks.
  { code: "task.unsupported", says: /Unsupported by turbomind/i },
  {
    code: "task.not-started-for",
    says: /--is-embedding|Start it with|Pooling type 'none'|does not support (Embeddings|Chat Completions|Rerank|Score)|not an embedding model|not a re-ranker|does not support (chat|embed|generate)/i,
  },
  { code: "model.adapter-suffix", says: /\b(LoRA|adapters?)\b/i, statuses: [400, 404] },
  {
    code: "model.unknown",
    // Not in a path: "/v1/models not found" is said of the route.
    says: /(?<!\/)model.{0,80}(does not exist|not found|not exist|no provider supported)|model_not_found|DeploymentNotFound|is not a valid model ID|Invalid model name|Model does not exist|not supported for OpenAI|Unsupported model/i,
    statuses: [400, 404],
  },
  { code: "model.unknown", says: /model with key .{0,200} not loaded/i, statuses: [500] },
  { code: "model.none-listed", says: /no models loaded/i, statuses: [400] },

  // Requests. A refused max_tokens names the context as its limit, so it comes before the context.
  {
    code: "request.max-tokens",
    says: /max_(completion_|new_)?tokens.{0,20}(too large|cannot be greater|must be <=)/i,
    statuses: [400, 422],
  },
  {
    code: "request.context-length",
    says: /context.{0,3}length|context.{0,3}(size|window)|max_model_len|input length should be|too (long|large) to process|longer than|must have less than \d+ tokens|exceed_context_size|trying to keep the first/i,
  },
  { code: "request.max-tokens", says: /max_(completion_)?tokens|max_output_tokens/i, statuses: [400, 422] },
  { code: "request.dimensions", says: /matryoshka|dimensions?\b/i, statuses: [400, 422] },
  {
    code: "request.thinking-needs-stream",
    says: /enable_thinking must be set to false for non-streaming|only supports? stream/i,
  },
  {
    code: "thinking.cannot-disable",
    says: /enable_thinking.{0,30}restricted to True/i,
    statuses: [400],
  },
  {
    code: "request.tools-disabled",
    says: /tool choice requires|enable-auto-tool-choice|--jinja|does not support tools/i,
  },
  {
    code: "request.extra-body",
    says: /unrecognized request argument|extra_body|extra inputs are not permitted|unknown (parameter|field)/i,
    statuses: [400, 422],
  },
  { code: "request.batch-size", says: /batch size/i, statuses: [400, 413, 422] },
  { code: "request.token-input", says: /neither str nor list of str/i },

  // Servers.
  {
    code: "server.loading",
    says: /loading model|model.{0,20}loading|is starting|not ready/i,
    statuses: [503],
  },
  {
    code: "server.no-upstream",
    says: /no available server|no healthy upstream|no live upstreams|upstream connect error/i,
  },
  {
    code: "server.crashed",
    says: /EngineDead|engine.{0,20}dead|background loop has errored|CUDA (error|out of memory)/i,
  },
  { code: "http.gateway", statuses: [502, 504, 520, 521, 522, 523, 524] },
  { code: "server.unhealthy", statuses: [503] },
  // 424 is TEI's and TGI's word for a failure of the model behind them.
  { code: "http.server-error", statuses: [424, 500, 501, 505, 507, 508] },

  // The rest, by status alone.
  { code: "auth.forbidden", statuses: [403] },
  { code: "http.wrong-path", statuses: [404, 410] },
  { code: "http.wrong-method", statuses: [405] },
  { code: "http.redirect", statuses: [301, 302, 303, 307, 308] },
  { code: "http.timeout", statuses: [408] },
  { code: "request.batch-size", statuses: [413] },
  { code: "request.invalid", statuses: [400, 422] },
];
