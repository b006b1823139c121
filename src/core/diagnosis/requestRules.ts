/** What servers say of a request they understood and refuse: the middle part of the reply rules (facts: servers.md 0.6-0.11). */

import type { ReplyRule } from "./replyRule.ts";

/** TEI answered 413 before v1.9 where it answers 422 now. */
const refused = [400, 413, 422];

export const requestRules: readonly ReplyRule[] = [
  // llama.cpp answers 500 to what is no JSON (servers.md 3c).
  { code: "request.invalid", says: /json\.exception\.parse_error/, statuses: [500] },
  // llama-cpp-python answers 500 where others answer 422 (measured with 0.3.36).
  {
    code: "request.max-tokens",
    says: /^\d+ validation error.{0,200}max_(completion_)?tokens/s,
    statuses: [500],
  },
  { code: "request.invalid", says: /^\d+ validation errors?:/, statuses: [500] },
  // llama.cpp answers 500 to what is no invalid_argument of C++ (tools/server/server-common.cpp, 3f545becc).
  { code: "request.extra-body", says: /^Unsupported param: /, statuses: [500] },
  // OpenAI of more than four texts that stop; of a list of inputs it says the same.
  { code: "request.invalid", says: /invalid 'stop'/i, statuses: refused },
  // Before the context: "array too long" is said of a list of inputs.
  {
    code: "request.batch-size",
    says: /array too long|too many (inputs|documents|texts)|(number of|maximum) (inputs|documents|texts)|batch size is invalid|client batch/i,
    statuses: refused,
  },
  // A refused max_tokens names the context as its limit, so it comes before the context.
  {
    code: "request.max-tokens",
    says: /max_(completion_|new_)?tokens.{0,20}(too large|cannot be greater|must be <=|should be|must be (at least|less|between))/i,
    statuses: refused,
  },
  {
    code: "request.context-length",
    says: /context.{0,3}length|context.{0,3}(size|window)|ContextWindowExceeded|max_model_len|max_seq_len|maximum model length|input length should be|(prompt|input|query|document|text|string|sequence).{0,40}too (long|large)|too (long|large) to process|longer than|must have less than \d+ tokens|exceed_context_size|trying to keep the first/i,
  },
  { code: "request.max-tokens", says: /max_(completion_)?tokens|max_output_tokens/i, statuses: refused },
  { code: "request.dimensions", says: /matryoshka|dimensions?\b/i, statuses: refused },
  {
    code: "request.thinking-needs-stream",
    says: /enable_thinking must be set to false for non-streaming|enable_thinking.{0,30}only support|only supports? stream/i,
  },
  // Servers that answer in no other way, thinking or not.
  {
    code: "request.thinking-needs-stream",
    says: /non-?stream(ing|ed)?\b.{0,30}(not (supported|allowed|available)|unsupported|disabled)|supports? only stream|only stream(ing|ed)?\b.{0,20}(supported|allowed|available)|streaming is required|set .?stream.? ?(to|=|:) ?.?true|stream.? must be (set to )?.?true/i,
  },
  {
    code: "thinking.cannot-disable",
    says: /enable_thinking.{0,40}restricted to True|thinking.{0,30}(cannot|can not) be (disabled|turned off)/i,
    statuses: refused,
  },
  {
    code: "request.tools-disabled",
    says: /tool choice requires|enable-auto-tool-choice|tool.call.parser|--jinja|does not support (tool|function)/i,
  },
  {
    code: "request.extra-body",
    says: /unrecognized request argument|unsupported param(eter)?: |extra_body|extra inputs are not permitted|extra_forbidden|unknown (parameter|field|name|argument)|unexpected keyword argument|does not support parameters?|property '.{1,60}' is unsupported/i,
    statuses: refused,
  },
  { code: "request.batch-size", says: /batch.?size/i, statuses: refused },
  {
    code: "request.token-input",
    says: /neither str nor list of str|token(ized)? (ids?|arrays?|inputs?) (is|are) not supported/i,
  },
  // DashScope's content filter and OpenRouter's moderation: what was written is refused, not the key.
  {
    code: "request.invalid",
    says: /data_?inspection_?failed|inappropriate content|flagged|content_filter|content management policy/i,
    statuses: [400, 403],
  },
];
