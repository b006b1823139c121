import assert from "node:assert/strict";
import fc from "fast-check";

import { readSelection } from "../../../../src/core/chat/readSelection.ts";

const messages = [{ role: "user", content: "hi" }];

const requests: Readonly<Record<string, readonly [selected: string, read: object]>> = {
  "a body": [
    JSON.stringify({ model: "qwen3", messages, temperature: 0, stream: true }),
    { messages, model: "qwen3", extra: { temperature: 0, stream: true } },
  ],
  "a body without a model": [JSON.stringify({ messages }), { messages, extra: {} }],
  "a body with a model of another type": [JSON.stringify({ model: 1, messages }), { messages, extra: {} }],
  "a body with comments and commas at the end": [
    `// asked on Monday\n{\n  "messages": [{"role": "user", "content": "hi"},], // one\n  "top_k": 20,\n}\n`,
    { messages, extra: { top_k: 20 } },
  ],
  "a body after a byte order mark": [`\uFEFF${JSON.stringify({ messages })}`, { messages, extra: {} }],
  "a list of messages": [` \n${JSON.stringify(messages)}`, { messages, extra: {} }],
  "messages with parts, tool calls and names": [
    JSON.stringify([
      { role: "user", content: [{ type: "text", text: "a" }], name: "n" },
      { role: "assistant", content: null, tool_calls: [] },
      { role: "tool", tool_call_id: "1" },
    ]),
    {
      messages: [
        { role: "user", content: [{ type: "text", text: "a" }], name: "n" },
        { role: "assistant", content: null, tool_calls: [] },
        { role: "tool", tool_call_id: "1" },
      ],
      extra: {},
    },
  ],
  "a body of DashScope's own protocol": [
    JSON.stringify({
      model: "qwen-plus",
      input: { messages },
      parameters: { result_format: "message", incremental_output: true, top_p: 0.5 },
    }),
    { messages, model: "qwen-plus", extra: { top_p: 0.5 } },
  ],
  "one with a prompt in it": [
    JSON.stringify({ model: "qwen-plus", input: { prompt: "hi" } }),
    { messages, model: "qwen-plus", extra: {} },
  ],
  "a prompt of the protocol generate": [
    JSON.stringify({ prompt: "hi", max_tokens: 5 }),
    { messages, extra: { max_tokens: 5 } },
  ],
  "a literal extra_body, kept to be named": [
    JSON.stringify({ messages, extra_body: { top_k: 1 } }),
    { messages, extra: { extra_body: { top_k: 1 } } },
  ],
};

const refused: Readonly<Record<string, readonly [body: object, problem: RegExp]>> = {
  "it has no messages": [{ messages: [] }, /without messages/],
  "a message is no object": [{ messages: [...messages, "hi"] }, /message 2 is no object/],
  "a message has no role": [{ messages: [{ content: "hi" }] }, /message 1 has no role/],
  "a role is no text": [{ messages: [{ role: 1, content: "hi" }] }, /message 1 has no role/],
  "a role is empty": [{ messages: [{ role: "", content: "hi" }] }, /message 1 has no role/],
  "content is null, and nothing else is said": [
    { messages: [{ role: "user", content: null }] },
    /content of its message 1/,
  ],
  "content is a number": [{ messages: [{ role: "user", content: 1 }] }, /content of its message 1/],
  "content is nowhere": [{ messages: [{ role: "user" }] }, /content of its message 1/],
  "it is DashScope's, and a message has no role": [{ input: { messages: [{}] } }, /message 1 has no role/],
};

const texts = [
  "",
  "   ",
  "hello",
  "{",
  "[",
  "// a comment of code\nconst a = 1;",
  "/* a comment */ { return 1; }",
  "{ const a = [1]; }",
  "{'messages': [{'role': 'user', 'content': 'hi'}]}",
  "[]",
  "{}",
  "[1, 2]",
  "null",
  '"text"',
  '{"name": "x", "version": "1.0.0"}',
  '{"messages": {"hello": "你好"}}',
  '{"input": [1], "parameters": {}}',
  '[{"role": "user", "content": "hi"}, {"id": 1}]',
  '[{"role": "admin"}]',
  '{"prompt": ["several", "prompts"]}',
];

describe("a selection", () => {
  for (const [what, [selected, read]] of Object.entries(requests)) {
    it(`that is ${what} is a request`, () => {
      assert.deepEqual(readSelection(selected), { kind: "request", ...read });
    });
  }

  for (const [when, [body, problem]] of Object.entries(refused)) {
    it(`that is a request is refused when ${when}`, () => {
      const read = readSelection(JSON.stringify(body));
      assert.match(read.kind === "refused" ? read.problem : read.kind, problem);
    });
  }

  for (const text of texts) {
    it(`is a text: ${JSON.stringify(text)}`, () => assert.deepEqual(readSelection(text), { kind: "text" }));
  }

  it("never throws, and a request can always be sent as JSON", () => {
    const message = fc.record(
      { role: fc.oneof(fc.string(), fc.integer()), content: fc.jsonValue(), name: fc.string() },
      { requiredKeys: [] },
    );
    const body = fc.dictionary(
      fc.constantFrom("model", "messages", "input", "prompt", "parameters", "stream", "__proto__"),
      fc.oneof(fc.jsonValue(), fc.array(message), fc.record({ messages: fc.array(message) }), fc.string()),
    );
    const selected = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(message).map((list) => JSON.stringify(list)),
      body.map((each) => JSON.stringify(each)),
    );
    fc.assert(
      fc.property(selected, (text) => {
        const read = readSelection(text);
        if (read.kind === "request") {
          assert.ok(read.messages.length > 0 && read.messages.every(({ role }) => typeof role === "string"));
          assert.deepEqual(JSON.parse(JSON.stringify(read)), read);
        }
        assert.ok(read.kind !== "refused" || read.problem !== "");
      }),
    );
  });

  it("of five megabytes is read, or left alone, whatever it holds", () => {
    const long = "x".repeat(5_000_000);
    const read = readSelection(JSON.stringify([{ role: "user", content: long }]));
    assert.equal(read.kind === "request" ? read.messages[0]?.content : "", long);
    const others = [
      long,
      `{${long}`,
      `[${"[".repeat(5_000_000)}`,
      `/*${long}`,
      " ".repeat(5_000_000),
      `{"a": "${long}`,
      "/* */".repeat(1_000_000),
    ];
    for (const each of others) {
      assert.equal(readSelection(each).kind, "text");
    }
  });
});
