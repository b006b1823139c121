/** More replies byte for byte: counts, lanes and DashScope's native API. */

import { type ChatStream, data, delta, done, encode } from "./chatStreams.ts";

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

export const laneStreams: readonly ChatStream[] = [
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
    name: "thinking, as Ollama's own API calls it",
    bytes: encode(`${delta({ content: "", thinking: "Hm" })}${delta({ content: "A" })}${done}`),
    expected: { reasoning: "Hm", answer: "A", end: "" },
  },
  {
    name: "empty choices without usage, as Azure begins with",
    bytes: encode(
      `${data({ choices: [], prompt_filter_results: [{ prompt_index: 0 }] })}${delta({ content: "A" }, "stop")}${done}`,
    ),
    expected: { answer: "A", end: "stop" },
  },
  {
    name: "a <think> that is never closed, cut within what looks like its end",
    bytes: encode(`${delta({ content: "<think>Hm</th" })}${delta({}, "length")}${done}`),
    expected: { reasoning: "Hm</th", end: "length" },
  },
  {
    name: "a </think> in the answer where reasoning has a field of its own",
    bytes: encode(
      `${delta({ content: "A " })}${delta({ reasoning: "Hm" })}${delta({ content: "</think> B" })}${done}`,
    ),
    expected: { reasoning: "Hm", answer: "A </think> B", end: "" },
  },
  {
    name: "an answer whose last event lacks its blank line",
    bytes: encode((delta({ content: "A" }) + delta({ content: "B" }, "stop")).trimEnd()),
    expected: { answer: "AB", end: "stop", codes: ["stream.no-done"] },
  },
  {
    name: "blank lines and a field that no standard knows before the first event",
    bytes: encode(`\r\n\nnote: hi\n${delta({ content: "A" }, "stop")}${done}`),
    expected: { answer: "A", end: "stop" },
  },
  ...["event: message\n", "id: 1\n", "retry: 5\n", "\n\n"].map((first) => ({
    name: `an event stream under a wrong content type that begins with ${JSON.stringify(first)}`,
    bytes: encode(`${first}${delta({ content: "A" }, "stop")}${done}`),
    type: "application/json",
    expected: { answer: "A", end: "stop" },
  })),
  {
    name: "a text that is no stream, under its own content type",
    bytes: encode("upstream connect error"),
    type: "text/plain",
    expected: { end: "failed", codes: ["http.not-an-api"] },
  },
  ...[{ choices: [], usage: counts(3, 1) }, { choices: [] }, { id: "x" }].map((body) => ({
    name: `plain JSON that holds no answer: ${JSON.stringify(body)}`,
    bytes: encode(JSON.stringify(body)),
    type: "application/json",
    expected: { end: "failed", codes: ["http.malformed"] },
  })),
  ...[
    { choices: [{ text: "A </th", finish_reason: "length" }] },
    { choices: [{ delta: { content: "A </th" }, finish_reason: "length" }] },
    { choices: [{ message: { content: "A </th" }, finish_reason: "length" }] },
    { output: { text: "A </th", finish_reason: "length" } },
  ].map((body) => ({
    name: `a plain reply, to its last letter: ${JSON.stringify(body)}`,
    bytes: encode(JSON.stringify(body)),
    type: "application/json",
    expected: { answer: "A </th", end: "length", codes: ["stream.plain-json"] },
  })),
  {
    name: "events without data, and white space around it",
    bytes: encode(
      `data:\n\n${delta({ content: "A" })}data:  \n\ndata:  [DONE] \n\n${delta({ content: "B" })}`,
    ),
    expected: { answer: "A", end: "" },
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
    name: "DashScope's native tool calls without index, repeated and grown",
    bytes: encode(
      ['{"q":"', '{"q":"sky"}']
        .map((first) =>
          native(
            said({
              content: "",
              tool_calls: [
                { id: "a", function: { name: "find", arguments: first } },
                { id: "b", function: { name: "open", arguments: "{}" } },
              ],
            }),
          ),
        )
        .join("") + native(said({ content: "" }, "tool_calls")),
    ),
    expected: {
      end: "tool_calls",
      calls: [
        { id: "a", name: "find", argumentsText: '{"q":"sky"}' },
        { id: "b", name: "open", argumentsText: "{}" },
      ],
    },
  },
  {
    name: "an error of DashScope's native stream with another comment behind its status",
    bytes: encode(
      'id:1\nevent:error\n:HTTP_STATUS/429\n: ping\ndata:{"code":"odd","message":"odd"}\n\n: ping\n\n',
    ),
    expected: { end: "failed", codes: ["limit.rate"] },
  },
  {
    name: "an error 400 of DashScope's native stream that is a comment alone",
    bytes: encode(`${native(said({ content: "Hel" }))}id:2\nevent:error\n:HTTP_STATUS/400\n\n`),
    expected: { answer: "Hel", end: "failed", codes: ["request.invalid"] },
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
];
