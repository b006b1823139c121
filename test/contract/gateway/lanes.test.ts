import assert from "node:assert/strict";
import type { WireMessage } from "../../../src/core/chat/wireMessage.ts";
import { chatStreams, type ChatStream } from "../../support/chatStreams.ts";
import { laneStreams } from "../../support/laneStreams.ts";
import { chunkedReply, reply, resetMidBody, sse } from "../../support/faultServer.ts";
import { chatBench, protocols } from "../support/chats.ts";
import { endpointAt } from "../support/endpoints.ts";

const conversation: readonly WireMessage[] = [
  { role: "system", content: "Be short." },
  { role: "user", content: "One?" },
  { role: "assistant", content: "1" },
  { role: "user", content: [{ type: "text", text: "Two?" }] },
];

const call = (fields: object): string =>
  JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [fields] }, finish_reason: null }] });
const over = JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "tool_calls" }] });

describe("what comes over the wire", () => {
  const bench = chatBench();

  for (const stream of [...chatStreams, ...laneStreams]) {
    it(`is read the same from a socket: ${stream.name}`, async () => {
      const { server, transcript } = bench();
      const { bytes, type = "text/event-stream" } = stream;
      const headers: Record<string, string> = type === "" ? {} : { "content-type": type };
      // Seven bytes a chunk: through the middle of lines, JSON and characters.
      const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) =>
        bytes.slice(index * 7, index * 7 + 7),
      );
      server.serve(chunkedReply(pieces, { headers }));
      assert.deepEqual(summary(await transcript(endpointAt(server.baseUrl))), expectedOf(stream));
    });
  }

  const toolCalls: readonly { readonly name: string; readonly events: readonly string[] }[] = [
    {
      name: "the index is missing",
      events: [
        call({ id: "a", function: { name: "find", arguments: "" } }),
        call({ function: { arguments: '{"q":' } }),
        call({ function: { arguments: "1}" } }),
        call({ id: "b", function: { name: "open", arguments: "{}" } }),
      ],
    },
    {
      name: "the index is null",
      events: [
        call({ index: null, id: "a", function: { name: "find", arguments: '{"q":' } }),
        call({ index: null, id: null, function: { name: null, arguments: "1}" } }),
        call({ index: null, id: "b", function: { name: "open", arguments: "{}" } }),
      ],
    },
    {
      name: "the index is repeated",
      events: [
        call({ index: 0, id: "a", function: { name: "find", arguments: '{"q":1}' } }),
        call({ index: 0, id: "b", function: { name: "open", arguments: "{}" } }),
      ],
    },
    {
      name: "the id is empty after the first delta",
      events: [
        call({ index: 0, id: "a", function: { name: "find", arguments: '{"q":' } }),
        call({ index: 0, id: "", function: { name: "", arguments: "1}" } }),
        call({ index: 1, id: "b", function: { name: "open", arguments: "{}" } }),
      ],
    },
    {
      name: "the id is repeated in every delta",
      events: [
        call({ index: 0, id: "a", function: { name: "find", arguments: '{"q":' } }),
        call({ index: 0, id: "a", function: { name: "find", arguments: "1}" } }),
        call({ index: 1, id: "b", function: { name: "open", arguments: "{}" } }),
      ],
    },
  ];
  for (const { name, events } of toolCalls) {
    it(`adds up two tool calls where ${name}`, async () => {
      const { server, transcript } = bench();
      server.serve(sse([...events, over], { split: "byte" }));
      const { toolCalls: calls, outcome } = await transcript(endpointAt(server.baseUrl));
      assert.deepEqual(calls, [
        { id: "a", name: "find", argumentsText: '{"q":1}' },
        { id: "b", name: "open", argumentsText: "{}" },
      ]);
      assert.deepEqual(outcome, { kind: "finished", finishReason: "tool_calls" });
    });
  }

  it("says where a stream was cut: how much had come, when, and its last words", async () => {
    const { server, transcript } = bench();
    const text = (content: string): string => JSON.stringify({ choices: [{ delta: { content } }] });
    server.serve(sse([text("Once upon "), text("a time 你")], { done: "left-out", end: "reset" }));
    const { answer, findings } = await transcript(endpointAt(server.baseUrl));
    assert.equal(answer, "Once upon a time 你");
    assert.equal(findings[0]?.code, "stream.cut");
    const evidence = findings[0].evidence.join("\n");
    assert.match(evidence, /ECONNRESET/);
    assert.match(evidence, /ended after 18 characters of answer, \d+ bytes, \d+ ms after the request/);
    assert.match(evidence, /last words: Once upon a time 你$/);
  });

  it("shows what came of a plain reply that was cut", async () => {
    const { server, transcript } = bench();
    const headers = { "content-type": "application/json" };
    const body = { choices: [{ message: { content: "all that came" } }] };
    for (const endpoint of [protocols.openai(server.baseUrl), protocols.generate(server.baseUrl)]) {
      server.serve(resetMidBody({ headers, body: JSON.stringify(body).slice(0, -4) }));
      const { findings } = await transcript(endpoint);
      assert.equal(findings[0]?.code, "http.truncated");
      assert.match(findings[0].evidence.join("\n"), /\d+ characters had come: .*all that came/);
    }
  });
});

describe("a conversation of several messages", () => {
  const bench = chatBench();

  it("goes to the OpenAI protocol as it is", async () => {
    const { server, transcript, sent } = bench();
    server.serve(sse([JSON.stringify({ choices: [{ delta: { content: "2" }, finish_reason: "stop" }] })]));
    const { answer } = await transcript(protocols.openai(server.baseUrl), { messages: conversation });
    assert.equal(answer, "2");
    assert.deepEqual(sent()["messages"], conversation);
  });

  it("goes to the protocol generate as one prompt with its roles, without streaming", async () => {
    const { server, transcript, sent } = bench();
    server.serve(reply({ body: { generated_text: "<think>Hm</think>2", usage: { completion_tokens: 5 } } }));
    const extra = { max_tokens: 9, temperature: 0.1, top_p: 0.5 };
    const { answer, reasoning, usage, outcome } = await transcript(protocols.generate(server.baseUrl), {
      messages: conversation,
      extra,
    });
    assert.deepEqual({ answer, reasoning }, { answer: "2", reasoning: "Hm" });
    assert.equal(usage?.completionTokens, 5);
    assert.equal(outcome?.kind, "finished");
    assert.equal(server.requests.at(-1)?.path, "/v1/models/qwen-test:generate");
    assert.deepEqual(sent(), {
      prompt: "system: Be short.\n\nuser: One?\n\nassistant: 1\n\nuser: Two?",
      ...extra,
    });
  });

  it("goes to DashScope's native API as its input, and comes as a stream", async () => {
    const { server, transcript, sent } = bench();
    const piece = (content: string, finish: string): string =>
      JSON.stringify({ output: { choices: [{ message: { content }, finish_reason: finish }] } });
    server.serve(sse([piece("2", "null"), piece("!", "stop")], { done: "left-out" }));
    const { answer, outcome, findings } = await transcript(protocols.native(server.baseUrl), {
      messages: conversation,
      extra: { temperature: 0.1 },
    });
    assert.equal(answer, "2!");
    assert.deepEqual(outcome, { kind: "finished", finishReason: "stop" });
    assert.deepEqual(findings, [], "it has no [DONE], and that is no fault");
    assert.equal(server.requests.at(-1)?.headers["x-dashscope-sse"], "enable");
    assert.deepEqual(sent(), {
      model: "qwen-test",
      input: { messages: conversation },
      parameters: { result_format: "message", incremental_output: true, temperature: 0.1 },
    });
  });
});

function expectedOf({ expected }: ChatStream): object {
  return { answer: "", reasoning: "", codes: [], usage: {}, calls: [], ...expected };
}

function summary(
  transcript: Awaited<ReturnType<ReturnType<ReturnType<typeof chatBench>>["transcript"]>>,
): object {
  const { answer, reasoning, outcome, usage = {}, toolCalls: calls, findings } = transcript;
  const end = outcome?.kind === "finished" ? outcome.finishReason : (outcome?.kind ?? "");
  return { answer, reasoning, end, codes: findings.map(({ code }) => code), usage, calls };
}
