import assert from "node:assert/strict";
import fc from "fast-check";

import { type ChatDraft, draftMessages } from "../../../../src/core/chat/chatDraft.ts";
import { readDraft } from "../../../../src/core/chat/readDraft.ts";
import type { Endpoint } from "../../../../src/core/endpoint/endpoint.ts";
import { type ServerId, serverIds } from "../../../../src/core/servers/serverId.ts";
import { anEndpoint } from "../../../support/builders.ts";
import {
  picture,
  held,
  said,
  read,
  extraOf,
  messagesOf,
  wrong,
  problem,
  native,
} from "../../../support/drafts.ts";

describe("the messages of a draft", () => {
  it("begin with the system prompt, unless it is blank", () => {
    assert.deepEqual(messagesOf(read({ system: "Be short." })), [
      { role: "system", content: "Be short." },
      { role: "user", content: "hi" },
    ]);
    assert.deepEqual(messagesOf(read({ system: " \n" })), [{ role: "user", content: "hi" }]);
  });

  it("hold images as content parts, after the text", () => {
    const image = { type: "image_url", image_url: { url: "data:image/png;base64,QUJD" } };
    assert.deepEqual(messagesOf(read({ messages: [said("What is it?", { images: [picture] })] })), [
      { role: "user", content: [{ type: "text", text: "What is it?" }, image] },
    ]);
    assert.deepEqual(messagesOf(read({ messages: [said("", { images: [picture] })] })), [
      { role: "user", content: [image] },
    ]);
  });

  it("keep what they carried when they came as JSON", () => {
    const wire = [
      { role: "user", content: "What is the weather?" },
      { role: "assistant", content: null, tool_calls: [{ id: "1", type: "function" }] },
      { role: "tool", content: "rain", tool_call_id: "1" },
      {
        role: "user",
        content: [
          { type: "text", text: "and here?" },
          { type: "image_url", image_url: { url: "data:," } },
        ],
      },
    ];
    assert.deepEqual(messagesOf(read(draftMessages(wire))), wire);
  });

  it("send a text that was edited in place of the old one, and keep the other parts", () => {
    const image = { type: "image_url", image_url: { url: "data:," } };
    const content = [image, { type: "text", text: "old" }, { type: "text", text: "older" }];
    assert.deepEqual(messagesOf(read({ messages: [said("new", { rest: { content } })] })), [
      { role: "user", content: [image, { type: "text", text: "new" }] },
    ]);
    assert.deepEqual(messagesOf(read({ messages: [said("new", { rest: { content: null, name: "a" } })] })), [
      { role: "user", content: "new", name: "a" },
    ]);
  });

  it("keep the parts around an edited text in their order, and need no text beside an image", () => {
    const [before, after] = ["data:,a", "data:,b"].map((url) => ({ type: "image_url", image_url: { url } }));
    const content = [before, { type: "text", text: "old" }, after];
    assert.deepEqual(messagesOf(read({ messages: [said("new", { rest: { content } })] })), [
      { role: "user", content: [before, { type: "text", text: "new" }, after] },
    ]);
    assert.deepEqual(messagesOf(read({ messages: [said("", { rest: { content: [before] } })] })), [
      { role: "user", content: [before] },
    ]);
  });

  it("take a developer's message for the system prompt, and several for one", () => {
    const { system, messages } = draftMessages([
      { role: "system", content: "Be short." },
      { role: "developer", content: "Be kind." },
      { role: "user", content: "hi" },
      { role: "function", content: "odd" },
    ]);
    assert.equal(system, "Be short.\n\nBe kind.");
    assert.deepEqual(
      messages.map(({ role }) => role),
      ["user", "user"],
    );
  });

  const refusals: Readonly<Record<string, readonly [Partial<ChatDraft>, string, Partial<Endpoint>?]>> = {
    "there are none": [{ messages: [] }, "messages"],
    "a question is blank": [{ messages: [said("a"), said(" \n\t")] }, "messages"],
    "an image is gone": [{ messages: [said("a", { images: [{ ...picture, id: "p2" }] })] }, "images"],
    "images go to generate": [
      { messages: [said("a", { images: [picture] })] },
      "images",
      { protocol: "generate" },
    ],
    "images go to DashScope's own route": [
      { messages: [said("a", { images: [picture] })] },
      "images",
      native,
    ],
  };
  for (const [when, [changes, where, endpoint]] of Object.entries(refusals)) {
    it(`are refused when ${when}`, () => {
      assert.deepEqual(wrong(read(changes, "vllm", endpoint)), [where]);
    });
  }

  it("are counted from one where one is blank", () => {
    assert.match(problem(read({ messages: [said("a"), said("")] })), /Message 2 is empty/);
  });

  it("may be blank where a tool returned nothing, or the model", () => {
    const messages = [said("a"), said("", { role: "assistant" }), said("", { role: "tool" })];
    assert.equal(read({ messages }).kind, "ready");
  });
});

describe("the parameters of a draft", () => {
  it("are sent by their names, from text as well, and left out where empty", () => {
    const parameters = {
      temperature: "0.5",
      max_tokens: 10,
      stop: "END",
      logprobs: "true",
      tools: '[{"type":"function"}]',
      response_format: { type: "json_object" },
      tool_choice: { type: "function", function: { name: "f" } },
      seed: "",
      top_p: null,
      not_known_here: [1],
    };
    assert.deepEqual(extraOf(read({ parameters })), {
      temperature: 0.5,
      max_tokens: 10,
      stop: ["END"],
      logprobs: true,
      tools: [{ type: "function" }],
      response_format: { type: "json_object" },
      tool_choice: { type: "function", function: { name: "f" } },
      not_known_here: [1],
    });
  });

  const refused: readonly (readonly [ServerId, string, unknown])[] = [
    ["vllm", "temperature", 2.5],
    ["vllm", "temperature", "warm"],
    ["vllm", "temperature", "1e999"],
    ["vllm", "top_p", 0],
    ["vllm", "top_k", 1.5],
    ["vllm", "logprobs", "perhaps"],
    ["vllm", "stop", ["a", ""]],
    ["vllm", "stop", [1]],
    ["vllm", "tool_choice", "sometimes"],
    ["vllm", "tools", "{}"],
    ["vllm", "tools", "[1,"],
    ["vllm", "response_format", [1]],
    ["openai", "stop", ["a", "b", "c", "d", "e"]],
    ["dashscope", "temperature", 2],
    ["dashscope", "tool_choice", "required"],
    ["sglang", "repetition_penalty", 2.1],
    ["tgi", "top_p", 1],
  ];
  for (const [server, name, value] of refused) {
    it(`are refused by name: ${name} ${JSON.stringify(value)} on ${server}`, () => {
      assert.deepEqual(wrong(read({ parameters: { [name]: value } }, server)), [name]);
    });
  }

  it("that another server takes are sent there", () => {
    assert.deepEqual(extraOf(read({ parameters: { temperature: 2.5 } }, "sglang")), { temperature: 2.5 });
    assert.deepEqual(extraOf(read({ parameters: { temperature: 2.5 } }, "unknown")), { temperature: 2.5 });
  });

  it("say what the server takes, and how to send another value all the same", () => {
    const text = problem(read({ parameters: { temperature: 3 } }, "dashscope"));
    assert.match(text, /temperature is 3/);
    assert.match(text, /0 ≤ temperature < 2/);
    assert.match(text, /extra JSON/);
  });

  it("cannot hold what the composer fills itself", () => {
    assert.deepEqual(wrong(read({ parameters: { model: "x", messages: [], input: 1 } }, "vllm")), ["model"]);
    assert.deepEqual(wrong(read({ parameters: { input: { messages: [] } } }, "dashscope", native)), [
      "input",
    ]);
  });
});

describe("thinking in a draft", () => {
  it("is sent the way the server wants it", () => {
    const budget = { kind: "budget", tokens: 256 } as const;
    assert.deepEqual(extraOf(read({ thinking: { kind: "off" } }, "dashscope")), { enable_thinking: false });
    assert.deepEqual(extraOf(read({ thinking: { kind: "off" } }, "ollama")), { reasoning_effort: "none" });
    assert.deepEqual(extraOf(read({ thinking: budget }, "siliconflow")), {
      enable_thinking: true,
      thinking_budget: 256,
    });
  });

  it("is merged with other arguments of the template, and gives way to the extra JSON", () => {
    const parameters = { chat_template_kwargs: { a: 1 } };
    const thinking = { kind: "off" } as const;
    assert.deepEqual(extraOf(read({ parameters, thinking })), {
      chat_template_kwargs: { a: 1, enable_thinking: false },
    });
    const extra = '{"chat_template_kwargs": {"enable_thinking": true, "b": 2}}';
    assert.deepEqual(extraOf(read({ parameters, thinking, extra })), {
      chat_template_kwargs: { a: 1, enable_thinking: true, b: 2 },
    });
  });

  const refused: readonly (readonly [string, ServerId, ChatDraft["thinking"]])[] = [
    ["there is no switch", "openai", { kind: "off" }],
    ["there is no budget", "ollama", { kind: "budget", tokens: 100 }],
    ["the budget is too small", "siliconflow", { kind: "budget", tokens: 100 }],
    ["the budget is no whole number", "vllm", { kind: "budget", tokens: 1.5 }],
  ];
  for (const [when, server, thinking] of refused) {
    it(`is refused when ${when} (${server})`, () => {
      assert.deepEqual(wrong(read(thinking === undefined ? {} : { thinking }, server)), ["thinking"]);
    });
  }
});

describe("any draft", () => {
  const message = fc.record({
    role: fc.constantFrom("user" as const, "assistant" as const, "tool" as const),
    text: fc.string(),
    images: fc.array(fc.constant(picture), { maxLength: 2 }),
    rest: fc.dictionary(fc.constantFrom("content", "name", "tool_calls", "__proto__"), fc.jsonValue(), {
      maxKeys: 3,
    }),
  });
  const draft = fc.record({
    endpointId: fc.string(),
    model: fc.string(),
    system: fc.string(),
    messages: fc.array(message, { maxLength: 4 }),
    parameters: fc.dictionary(
      fc.oneof(
        fc.constantFrom("temperature", "stop", "tools", "top_k", "logprobs", "tool_choice"),
        fc.string(),
      ),
      fc.anything(),
    ),
    extra: fc.oneof(fc.json(), fc.string()),
  });
  it("becomes a request that is plain JSON, or problems with words in them", () => {
    fc.assert(
      fc.property(draft, fc.constantFrom(...serverIds, undefined), (any, server) => {
        const parameters = JSON.parse(
          JSON.stringify(any.parameters, (_, value: unknown) => (typeof value === "bigint" ? 1 : value)),
        ) as ChatDraft["parameters"];
        const result = readDraft({ ...any, parameters }, anEndpoint(), server, held);
        if (result.kind === "ready") {
          assert.deepEqual(JSON.parse(JSON.stringify(result.request)), result.request);
        } else {
          assert.ok(
            result.problems.length > 0 &&
              result.problems.every(({ text, where }) => text !== "" && where !== ""),
          );
        }
      }),
    );
  });
});
