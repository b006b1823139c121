/** Chat replies as servers send them, byte for byte, and what they add up to. */

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const data = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;

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

const counts = (prompt: number, completion: number): object => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
});

/** An event of DashScope's native stream. */
const native = (output: object, usage?: object, status = 200): string =>
  `id:1\nevent:result\n:HTTP_STATUS/${status}\ndata:${JSON.stringify({ output, usage, request_id: "r" })}\n\n`;

const said = (message: object, finish = "null"): object => ({
  choices: [{ message, finish_reason: finish }],
});

export const hello = `${delta({ role: "assistant", content: "" })}${delta({ content: "Hé" })}${delta({ content: "llo 你好 👋" })}${delta({}, "stop")}`;
export const text = "Héllo 你好 👋";

export const chatStreams: readonly { name: string; bytes: Uint8Array; type?: string; expected: Expected }[] =
  [
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
      name: "usage in every chunk (vLLM's continuous_usage_stats)",
      bytes: encode(
        `${data({ choices: [{ delta: { content: "A" } }], usage: counts(3, 1) })}${data({ choices: [{ delta: { content: "B" }, finish_reason: "stop" }], usage: counts(3, 2) })}${data({ choices: [], usage: counts(3, 2) })}${done}`,
      ),
      expected: { answer: "AB", end: "stop", usage: { promptTokens: 3, completionTokens: 2 } },
    },
    {
      name: "usage in the last chunk with content",
      bytes: encode(
        `${delta({ content: "A" })}${data({ choices: [{ delta: { content: "B" }, finish_reason: "stop" }], usage: counts(3, 2) })}${done}`,
      ),
      expected: { answer: "AB", end: "stop", usage: { promptTokens: 3, completionTokens: 2 } },
    },
    {
      name: "usage inside the choice, as Moonshot sends it",
      bytes: encode(
        `${delta({ content: "A" })}${data({ choices: [{ delta: {}, finish_reason: "stop", usage: counts(3, 1) }] })}${done}`,
      ),
      expected: { answer: "A", end: "stop", usage: { promptTokens: 3, completionTokens: 1 } },
    },
    {
      name: "llama.cpp's timings without usage",
      bytes: encode(
        `${delta({ content: "A" })}${data({ choices: [{ delta: {}, finish_reason: "stop" }], timings: { cache_n: 4, prompt_n: 2, prompt_ms: 9.1, predicted_n: 1, predicted_ms: 3 } })}${done}`,
      ),
      expected: {
        answer: "A",
        end: "stop",
        usage: { promptTokens: 6, completionTokens: 1, cachedTokens: 4 },
      },
    },
    {
      name: "tool calls in turns",
      bytes: encode(
        `${delta({ tool_calls: [{ index: 0, id: "a", function: { name: "find", arguments: "" } }] })}${delta({ tool_calls: [{ index: 1, id: "b", function: { name: "open", arguments: "{" } }] })}${delta({ tool_calls: [{ index: 0, function: { arguments: '{"q":"你"}' } }] })}${delta({ tool_calls: [{ index: 1, function: { arguments: "}" } }] }, "tool_calls")}${done}`,
      ),
      expected: {
        end: "tool_calls",
        calls: [
          { id: "a", name: "find", argumentsText: '{"q":"你"}' },
          { id: "b", name: "open", argumentsText: "{}" },
        ],
      },
    },
    {
      name: "content as a list of thinking and text, as Mistral sends it",
      bytes: encode(
        `${delta({ content: [{ type: "thinking", thinking: [{ type: "text", text: "Hm" }] }] })}${delta({ content: [{ type: "text", text: "A" }] })}${done}`,
      ),
      expected: { reasoning: "Hm", answer: "A", end: "" },
    },
    {
      name: "reasoning_details beside reasoning, as OpenRouter sends them",
      bytes: encode(
        `${delta({ content: "", reasoning: "Hm", reasoning_details: [{ type: "reasoning.text", text: "Hm" }] })}${delta({ content: "", reasoning_details: [{ type: "reasoning.summary", summary: "!" }] })}${delta({ content: "A" })}${done}`,
      ),
      expected: { reasoning: "Hm!", answer: "A", end: "" },
    },
    {
      name: "a lone </think>, whose opening tag stood in the prompt (Qwen3-Thinking-2507)",
      bytes: encode(
        `${delta({ content: "Hm, <" })}${delta({ content: " so.\n</thi" })}${delta({ content: "nk>\n\nA" })}${done}`,
      ),
      expected: { reasoning: "Hm, < so.\n", answer: "A", end: "" },
    },
    {
      name: "DashScope's native stream in pieces",
      bytes: encode(
        native(said({ content: "", reasoning_content: "嗯" })) +
          native(said({ content: "你" }), { input_tokens: 4, output_tokens: 1 }) +
          native(said({ content: "好", reasoning_content: "" }, "stop"), {
            input_tokens: 4,
            output_tokens: 2,
            output_tokens_details: { reasoning_tokens: 1 },
          }),
      ),
      expected: {
        reasoning: "嗯",
        answer: "你好",
        end: "stop",
        usage: { promptTokens: 4, completionTokens: 2, reasoningTokens: 1 },
      },
    },
    {
      name: "DashScope's native stream whose events repeat what came before",
      bytes: encode(
        native(said({ content: "Hello" })) +
          native(said({ content: "Hello wor" })) +
          native(said({ content: "Hello world" })) +
          native(said({ content: "Hello world" }, "stop")),
      ),
      expected: { answer: "Hello world", end: "stop" },
    },
    {
      name: "DashScope's native text form",
      bytes: encode(
        native({ text: "Hel", finish_reason: "null" }) + native({ text: "Hello", finish_reason: "stop" }),
      ),
      expected: { answer: "Hello", end: "stop" },
    },
    {
      name: "DashScope's native tool call, repeated and grown",
      bytes: encode(
        native(
          said({
            content: "",
            tool_calls: [{ id: "a", index: 0, function: { name: "find", arguments: '{"q":' } }],
          }),
        ) +
          native(
            said(
              {
                content: "",
                tool_calls: [{ id: "a", index: 0, function: { name: "find", arguments: '{"q":"sky"}' } }],
              },
              "tool_calls",
            ),
          ),
      ),
      expected: { end: "tool_calls", calls: [{ id: "a", name: "find", argumentsText: '{"q":"sky"}' }] },
    },
    {
      name: "an error of DashScope's native stream after some text",
      bytes: encode(
        `${native(said({ content: "Hel" }))}id:2\nevent:error\n:HTTP_STATUS/400\ndata:{"code":"DataInspectionFailed","message":"Output data may contain inappropriate content."}\n\n`,
      ),
      expected: { answer: "Hel", end: "failed", codes: ["request.invalid"] },
    },
    {
      name: "an error of DashScope's native stream that is a comment alone",
      bytes: encode("id:1\nevent:error\n:HTTP_STATUS/429\n\n"),
      expected: { end: "failed", codes: ["limit.rate"] },
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
