/** Chat replies as servers send them, byte for byte, and what they add up to. */

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

export const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;

export const delta = (fields: object, finish: string | null = null): string =>
  data({ choices: [{ index: 0, delta: fields, finish_reason: finish }] });

export const done = "data: [DONE]\n\n";

/** The text parts and codes that a case is about; texts default to empty. */
export interface Expected {
  readonly answer?: string;
  readonly reasoning?: string;
  readonly end: string;
  readonly codes?: readonly string[];
  readonly usage?: object;
  readonly calls?: readonly object[];
}

export const hello = `${delta({ role: "assistant", content: "" })}${delta({ content: "Hé" })}${delta({ content: "llo 你好 👋" })}${delta({}, "stop")}`;
export const text = "Héllo 你好 👋";

export interface ChatStream {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly type?: string;
  readonly expected: Expected;
}

export const chatStreams: readonly ChatStream[] = [
  { name: "LF line ends", bytes: encode(hello + done), expected: { answer: text, end: "stop" } },
  {
    name: "CRLF line ends",
    bytes: encode((hello + done).replaceAll("\n", "\r\n")),
    expected: { answer: text, end: "stop" },
  },
  {
    name: "CR line ends",
    bytes: encode((hello + done).replaceAll("\n", "\r")),
    expected: { answer: text, end: "stop" },
  },
  {
    name: "no [DONE] but a finish reason",
    bytes: encode(hello),
    expected: { answer: text, end: "stop", codes: ["stream.no-done"] },
  },
  {
    name: "no blank line at the end",
    bytes: encode((hello + done).trimEnd()),
    expected: { answer: text, end: "stop" },
  },
  {
    name: "neither [DONE] nor a finish reason",
    bytes: encode(delta({ content: "Hel" })),
    expected: { answer: "Hel", end: "failed", codes: ["stream.cut"] },
  },
  {
    name: "comments between the events",
    bytes: encode(`: OPENROUTER PROCESSING\n\n${hello}:\n\n: ping - 2026\n\n${done}`),
    expected: { answer: text, end: "stop" },
  },
  {
    name: "a byte order mark",
    bytes: encode(`\ufeff${hello}${done}`),
    expected: { answer: text, end: "stop" },
  },
  {
    name: "an error event",
    bytes: encode(`${delta({ content: "Hel" })}event: error\ndata: {"message":"the engine stopped"}\n\n`),
    expected: { answer: "Hel", end: "failed", codes: ["stream.error-event"] },
  },
  {
    name: "an error event with plain text",
    bytes: encode("event: error\ndata: boom\n\n"),
    expected: { end: "failed", codes: ["stream.error-event"] },
  },
  {
    name: "an error as data, as on SGLang",
    bytes: encode(
      `${delta({ content: "Hel" })}${data({ error: { object: "error", message: "The request queue is full.", type: "SERVICE_UNAVAILABLE", code: 503 } })}${done}`,
    ),
    expected: { answer: "Hel", end: "failed", codes: ["server.overloaded"] },
  },
  {
    name: "an error of DashScope's native stream",
    bytes: encode(
      'id:1\nevent:error\n:HTTP_STATUS/429\ndata:{"code":"Throttling.AllocationQuota","message":"Allocated quota exceeded"}\n\n',
    ),
    expected: { end: "failed", codes: ["limit.tokens"] },
  },
  {
    name: "a rate limit in the middle, as on OpenRouter",
    bytes: encode(
      data({
        error: { code: 429, message: "Rate limit exceeded" },
        choices: [{ delta: {}, finish_reason: "error" }],
      }),
    ),
    expected: { end: "failed", codes: ["limit.rate"] },
  },
  {
    name: "`error: null` beside the choices",
    bytes: encode(`${data({ error: null, choices: [{ delta: { content: "hi" } }] })}${done}`),
    expected: { answer: "hi", end: "" },
  },
  {
    name: "reasoning_content",
    bytes: encode(
      `${delta({ reasoning_content: "嗯" })}${delta({ reasoning_content: null, content: "A" })}${done}`,
    ),
    expected: { reasoning: "嗯", answer: "A", end: "" },
  },
  {
    name: "reasoning",
    bytes: encode(`${delta({ reasoning: "Hm", content: "" })}${delta({ content: "A" })}${done}`),
    expected: { reasoning: "Hm", answer: "A", end: "" },
  },
  {
    name: "<think> in the content",
    bytes: encode(
      `${delta({ content: "<thi" })}${delta({ content: "nk>Hm</th" })}${delta({ content: "ink>\n\nA" })}${done}`,
    ),
    expected: { reasoning: "Hm", answer: "A", end: "" },
  },
  {
    name: "a usage chunk with empty choices, and null before",
    bytes: encode(
      `${data({ choices: [{ delta: { content: "A" } }], usage: null })}${data({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 2 } })}${done}`,
    ),
    expected: { answer: "A", end: "", usage: { promptTokens: 1, completionTokens: 2 } },
  },
  {
    name: "nothing but a role",
    bytes: encode(`${delta({ role: "assistant", content: null })}${done}`),
    expected: { end: "" },
  },
  {
    name: "an event that is no JSON",
    bytes: encode(`data: oops\n\ndata: oops\n\n${delta({ content: "A" })}${done}`),
    expected: { answer: "A", end: "", codes: ["http.malformed"] },
  },
  {
    name: "events after [DONE]",
    bytes: encode(`${delta({ content: "A" })}${done}${delta({ content: "B" })}`),
    expected: { answer: "A", end: "" },
  },
  {
    name: "invalid UTF-8",
    bytes: new Uint8Array([
      ...encode('data: {"choices":[{"delta":{"content":"a'),
      0xff,
      0xe4,
      0xbd,
      ...encode('b"}}]}\n\n'),
      ...encode(done),
    ]),
    expected: { answer: "a\ufffd\ufffdb", end: "" },
  },
  {
    name: "an event stream under a wrong content type",
    bytes: encode(hello + done),
    type: "text/plain",
    expected: { answer: text, end: "stop" },
  },
  {
    name: "an event stream without a content type that begins with a comment",
    bytes: encode(`: hi\n\n${hello}${done}`),
    type: "",
    expected: { answer: text, end: "stop" },
  },
  {
    name: "plain JSON under its own content type",
    bytes: encode(JSON.stringify({ choices: [{ message: { content: text }, finish_reason: "stop" }] })),
    type: "application/json",
    expected: { answer: text, end: "stop", codes: ["stream.plain-json"] },
  },
  {
    name: "plain JSON under the content type of a stream",
    bytes: encode(JSON.stringify({ choices: [{ message: { content: text }, finish_reason: "stop" }] })),
    expected: { answer: text, end: "stop", codes: ["stream.plain-json"] },
  },
  {
    name: "an error as plain JSON under the content type of a stream",
    bytes: encode('{"error":"Unexpected endpoint or method. (POST /v1/chat/completions)"}'),
    expected: { end: "failed", codes: ["http.wrong-path"] },
  },
  {
    name: "an HTML page with 200",
    bytes: encode("<!doctype html><title>Sign in</title>"),
    type: "text/html",
    expected: { end: "failed", codes: ["http.not-an-api"] },
  },
  {
    name: "an empty body of a stream",
    bytes: encode(""),
    expected: { end: "failed", codes: ["stream.cut"] },
  },
  {
    name: "an empty body of JSON",
    bytes: encode(""),
    type: "application/json",
    expected: { end: "failed", codes: ["http.malformed"] },
  },
  {
    name: "half a JSON object",
    bytes: encode('{"choices":[{'),
    type: "application/json",
    expected: { end: "failed", codes: ["http.malformed"] },
  },
];
