import assert from "node:assert/strict";
import { startDemoServer, type DemoServer } from "../../../src/demo/demoServer.ts";

const messages = [{ role: "user", content: "Hello there" }];

describe("the demo endpoint's tools and JSON mode", () => {
  let server: DemoServer;
  before(async () => {
    server = await startDemoServer({ tokensPerSecond: 0 });
  });
  after(() => server.close());

  const post = (body: unknown): Promise<Response> =>
    fetch(`${server.baseUrl}/chat/completions`, { method: "POST", body: JSON.stringify(body) });
  const chat = async (body: unknown): Promise<Answer> => (await (await post(body)).json()) as Answer;

  const clock = {
    type: "function",
    function: { name: "get_time", parameters: { type: "object", properties: { city: { type: "string" } } } },
  };
  const question = { role: "user", content: "What time is it in Beijing? Call get_time." };
  const offering = { model: "demo-chat", tools: [clock], messages: [question] };

  it("calls a tool that the prompt asks for, and answers with what it returned", async () => {
    const answer = await chat(offering);
    const { message, finish_reason: finishReason } = answer.choices[0]!;
    const call = message.tool_calls![0]!;
    assert.equal(finishReason, "tool_calls");
    assert.equal(message.content, null);
    assert.deepEqual(call.function, { name: "get_time", arguments: '{"city":"Beijing"}' });
    const result = { role: "tool", tool_call_id: call.id, content: '{"time": "09:30"}' };
    const messages = [question, message, result];
    const told = await chat({ ...offering, messages });
    assert.match(told.choices[0]!.message.content, /No model wrote this[^]*The tool returned:[^]*09:30/);
    assert.equal(told.choices[0]!.finish_reason, "stop");
  });

  it("streams the same call in pieces", async () => {
    const response = await post({ ...offering, stream: true });
    const events = (await response.text()).split("\n\n").filter((line) => /^data: \{/.test(line));
    const choices = events.map((line) => (JSON.parse(line.slice(6)) as Stream).choices[0]!);
    const calls = choices.flatMap(({ delta }) => delta.tool_calls ?? []);
    assert.deepEqual([calls[0]!.function.name, calls.at(-1)!.function.name], ["get_time", undefined]);
    assert.equal(calls.map((call) => call.function.arguments).join(""), '{"city":"Beijing"}');
    assert.ok(calls.length > 1);
    assert.equal(choices.at(-1)!.finish_reason, "tool_calls");
  });

  it("makes no half call where max_tokens is too small for one", async () => {
    const answer = await chat({ ...offering, max_tokens: 2, enable_thinking: false });
    assert.equal(answer.choices[0]!.finish_reason, "length");
    assert.equal(answer.choices[0]!.message.tool_calls, undefined);
  });

  it("answers in JSON in JSON mode", async () => {
    const request = { model: "demo-chat", messages, response_format: { type: "json_object" } };
    const answer = await chat({ ...request, max_tokens: 128 });
    const content = JSON.parse(answer.choices[0]!.message.content) as unknown;
    assert.deepEqual(content, { model: null, characters: 11, words: 2, lines: 1 });
    assert.equal(answer.choices[0]!.finish_reason, "stop");
  });
});

interface ToolCall {
  readonly id?: string;
  readonly function: { readonly name?: string; readonly arguments: string };
}

interface Stream {
  readonly choices: readonly {
    readonly delta: { readonly tool_calls?: readonly ToolCall[] };
    readonly finish_reason: string | null;
  }[];
}

interface Answer {
  readonly choices: readonly {
    readonly message: { readonly content: string; readonly tool_calls?: readonly ToolCall[] };
    readonly finish_reason: string;
  }[];
}
