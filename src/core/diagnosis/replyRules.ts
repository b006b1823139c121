/**
 * What servers say in an error reply, and which finding it is. First match wins.
 * Sources: shared facts on servers (servers.md 0.2-0.12 and 1-9, responses.jsonl); a new failure is one row here and one fixture.
 */

import type { ReplyRule } from "./replyRule.ts";
import { requestRules } from "./requestRules.ts";

const money: readonly ReplyRule[] = [
  { code: "limit.billing", statuses: [402] },
  {
    code: "limit.billing",
    says: /arrearage|overdue|good standing|FreeTierOnly|free tier|balance is insufficient|\b30001\b|BillOverdue|NotPurchased|insufficient.(balance|credits|funds)|requires more credits|余额不足|欠费/i,
  },
  { code: "auth.not-activated", says: /Unpurchased|not.{0,10}activated|has not been enabled|未开通/i },
  {
    code: "model.access",
    says: /Model\.?AccessDenied|model_access_denied|Model access denied|does not have access to model|Model disabled|\b30003\b/i,
  },
  {
    code: "model.access",
    // OpenRouter: the privacy settings of the account rule out every provider of a model that exists.
    says: /No endpoints .{0,60}data policy/i,
  },
  {
    code: "model.access",
    says: /(key|team|user|project) (is )?not allowed to access model|model_access_denied/i,
    statuses: [401, 403],
  },
  // The key is known, its budget is spent (LiteLLM).
  {
    code: "limit.quota",
    says: /budget_exceeded|budget has been exceeded|ExceededBudget|over budget/i,
    statuses: [400, 401, 403, 429],
  },
  {
    code: "limit.tokens",
    says: /AllocationQuota|Allocated (quota|rate limit)|TPM limit|\bTPM\b|token(s)? (rate limit|per (min|day))|limit type: tokens/i,
    statuses: [429],
  },
  {
    code: "limit.quota",
    says: /insufficient_(user_)?quota|quota (has been )?exceeded|exceeded (your current|today.s|the daily) quota|daily (quota|limit)|key limit exceeded|try again tomorrow|额度(已用尽|不足)/i,
    statuses: [429, 403, 400],
  },
  {
    code: "server.overloaded",
    says: /overloaded|queue is full|server (is )?busy|maximum pending|No deployments available|too busy|waiting timeout|no slot available|system capacity|\b50505\b/i,
    statuses: [429, 500, 503],
  },
  // In a stream and in a 200 there is no status to go by.
  {
    code: "limit.rate",
    says: /rate.?limit|too many requests|Throttling\.|limit_requests|limit_burst_rate|request rate increased|限流|请求过于频繁/i,
    statuses: [429],
  },
  { code: "limit.rate", statuses: [429] },
];

/**
 * LiteLLM passes on what the server behind it answered, status and all, and names the exception of its own library: its own
 * refusals do not say `litellm.…Error`. There the `api_key` or `litellm_params.model` of an entry in its config.yaml is wrong,
 * and the caller's key and id were taken; so it is the gateway's failure, not `auth.rejected` or `model.unknown`.
 */
const passedOnKeys: readonly ReplyRule[] = [
  {
    code: "http.gateway",
    says: /litellm\.(Authentication|PermissionDenied)Error:/,
    statuses: [400, 401, 403],
  },
  {
    code: "http.gateway",
    says: /litellm\.\w+Error:.{0,80}(Exception|Error) -.{0,80}(invalid|incorrect).{0,4}api.?key/i,
    statuses: [400, 401, 403, 500],
  },
];

/** The same of ids and paths; other refusals are of what the caller sent. */
const passedOnModels: readonly ReplyRule[] = [
  { code: "http.gateway", says: /litellm\.NotFoundError:/ },
  {
    code: "http.gateway",
    says: /litellm\.\w+Error:.{0,80}(Exception|Error) -.{0,200}\bmodel\b.{0,120}(does not exist|doesn't exist|not found)/i,
    statuses: [400, 404, 422],
  },
];

const keys: readonly ReplyRule[] = [
  ...passedOnKeys,
  // nginx: its own statuses 496 and 495 go out as a 400 with this page.
  {
    code: "tls.client-certificate",
    says: /No required SSL certificate was sent|The SSL certificate error/i,
    statuses: [400, 403, 495, 496],
  },
  { code: "connect.proxy", statuses: [407] },
  {
    code: "connect.proxy",
    says: /squid|privoxy|X-Squid|proxy authentication/i,
    statuses: [403, 502, 503, 504],
  },
  // AWS's gateway says so of a route it does not have.
  { code: "http.wrong-path", says: /missing authentication token/i, statuses: [403] },
  { code: "auth.rejected", statuses: [401] },
  {
    code: "auth.missing",
    says: /not authenticated|no (api.?key|auth credentials)|(provide|missing).{0,12}(api.?key|authorization|access token)|(api.?key|authorization header).{0,20}(missing|required|not found in request)/i,
    statuses: [400, 403],
  },
  // LiteLLM without a database knows its master key alone (measured with 1.106.2).
  { code: "auth.rejected", says: /no_db_connection|No connected db/, statuses: [400, 401, 500] },
  {
    code: "auth.rejected",
    says: /invalid.{0,4}(api.{0,2}key|token)|incorrect api key|invalid_?api_?key|api.?key (is )?(not valid|invalid|expired)|authentication failed/i,
    statuses: [400, 403],
  },
];

const addresses: readonly ReplyRule[] = [
  {
    code: "tls.https-server",
    says: /HTTP request.{0,20}to (an )?HTTPS (port|server)/i,
    statuses: [400, 497],
  },
  {
    code: "http.host-rejected",
    says: /invalid host header|host is not allowed|host not allowed/i,
    statuses: [400, 403, 421],
  },
  // DashScope and Spring.
  {
    code: "http.wrong-method",
    says: /request method .{1,10} is not supported|method not allowed/i,
    statuses: [400, 405],
  },
  // LM Studio answers unknown paths with an error in a 200 (servers.md 0.4). DashScope's native API minds a model at another task's path.
  {
    code: "http.wrong-path",
    says: /unexpected endpoint or method|url error, please check url|no Route matched|InvalidURL/i,
  },
  { code: "server.no-upstream", says: /ERR_NGROK_3200|default backend/i, statuses: [404] },
];

const models: readonly ReplyRule[] = [
  {
    code: "task.unsupported",
    says: /Unsupported by turbomind|classifier. model type is not supported|not a chat model|operation does not work with the specified model|OperationNotSupported|not allowed to generate embeddings/i,
  },
  {
    code: "task.not-started-for",
    says: /--is-embedding|embedding=True|Start it with|Pooling type 'none'|does not support .{1,40} API\b|does not support (chat|embed|generat|completions|rerank|score|pooling)|not an? (embedding|re-?ranker|rerank|sequence classification|llm) model|is not for (creating.)?(chat|generate|embedding|rerank)/i,
  },
  // SGLang in embedding mode has no text to give (servers.md 0.5).
  { code: "task.not-started-for", says: /^Internal server error: 'text'/, statuses: [500] },
  { code: "request.tools-disabled", says: /No endpoints found that support tool/i },
  ...passedOnModels,
  // LM Studio and Ollama: the model is known, and the memory left does not hold it.
  { code: "server.overloaded", says: /insufficient system resources|requires more system memory/i },
  { code: "model.adapter-suffix", says: /\b(LoRA|adapters?)\b/i, statuses: [400, 404, 422] },
  {
    code: "model.unknown",
    // Not in a path: "/v1/models not found" is said of the route.
    says: /(?<!\/)model.{0,120}(does not exist|doesn't exist|not found|not exist|no provider supported)|model_not_found|ModelNotFound|DeploymentNotFound|API deployment for this resource does not exist|is not a valid model ID|Invalid model|unknown model|not supported for OpenAI|Unsupported model|model_not_supported|allowed now, your model|LLM Provider NOT provided|No endpoints found (for|matching)|\b20012\b/i,
    statuses: [400, 403, 404, 422],
  },
  // LM Studio with several models and a request that names none.
  { code: "model.unknown", says: /multiple models are loaded/i, statuses: [400, 404] },
  { code: "model.unknown", says: /model with key .{0,200} not loaded/i, statuses: [400, 404, 500] },
  {
    code: "model.none-listed",
    says: /no models? (is |are )?(currently )?loaded/i,
    statuses: [400, 404, 500, 503],
  },
];

const servers: readonly ReplyRule[] = [
  {
    code: "http.timeout",
    says: /RequestTimeOut|request timed? ?out|litellm\.Timeout/i,
    statuses: [408, 500],
  },
  {
    code: "server.crashed",
    says: /EngineDead|EngineCore encountered|engine.{0,20}dead|background loop has errored|CUDA (error|out of memory)|runner process (no longer running|has terminated)|model has (unloaded or )?crashed/i,
  },
  {
    code: "server.loading",
    says: /loading model|model.{0,120}(loading|launching)|is starting|not ready|warming up|initiali[sz]ing/i,
    statuses: [503],
  },
  {
    code: "server.no-upstream",
    says: /no available server|No server is available|no healthy upstream|no live upstreams|upstream connect error|ring-balancer|available model provider|无可用渠道/i,
  },
  // LiteLLM and one-api, when the server they forward to is down.
  {
    code: "server.no-upstream",
    says: /Exception - (Connection error|Cannot connect)|Cannot connect to host|connection refused|ECONNREFUSED/i,
    statuses: [500, 502, 503],
  },
  // A page for people: not the model server's own words, but those of what stands before it.
  { code: "http.gateway", says: /^\s*<(!doctype|html|head|body|center|h1|title)/i, statuses: [503] },
  { code: "http.gateway", statuses: [502, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530] },
  { code: "server.unhealthy", statuses: [503] },
  // 424 is TEI's and TGI's word for a failure of the model behind them.
  { code: "http.server-error", statuses: [424, 500, 501, 505, 507, 508, 529] },
];

const byStatus: readonly ReplyRule[] = [
  { code: "auth.forbidden", statuses: [403] },
  { code: "http.wrong-path", statuses: [404, 410] },
  { code: "http.wrong-method", statuses: [405] },
  { code: "http.redirect", statuses: [301, 302, 303, 307, 308] },
  { code: "http.timeout", statuses: [408] },
  { code: "http.host-rejected", statuses: [421] },
  { code: "request.batch-size", statuses: [413] },
  { code: "request.invalid", statuses: [400, 409, 415, 422, 451] },
];

export const replyRules: readonly ReplyRule[] = [
  ...money,
  ...keys,
  ...addresses,
  ...models,
  ...requestRules,
  ...servers,
  ...byStatus,
];
