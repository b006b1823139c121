import assert from "node:assert/strict";

import { keptWire } from "../../../src/core/chat/keptWire.ts";
import { createWireRecorder, type WireRecorder } from "../../../src/core/chat/recordWire.ts";
import { runChat } from "../../../src/core/chat/runChat.ts";
import type { ShownRun } from "../../../src/core/chat/sdkDifferences.ts";
import type { SdkGot, SdkReading } from "../../../src/core/chat/sdkReading.ts";
import { emptyTranscript, foldEvent } from "../../../src/core/chat/transcript.ts";
import { createRedactor } from "../../../src/core/diagnosis/redact.ts";
import { runEmbedding } from "../../../src/core/embedding/runEmbedding.ts";
import type { Endpoint } from "../../../src/core/endpoint/endpoint.ts";
import { nodeClock } from "../../../src/io/nodeClock.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { openaiGateway, readWithSdk } from "../../../src/io/openaiGateway.ts";
import { reply, sse, startFaultServer, type Behaviour, type FaultServer } from "../../support/faultServer.ts";
import { endpointAt, keyed, unaborted } from "../support/endpoints.ts";

const delta = (fields: object, finish: string | null = null): string =>
  JSON.stringify({ choices: [{ index: 0, delta: fields, finish_reason: finish }] });
const hello = [delta({ content: "Hel" }), delta({ content: "lo" }), delta({}, "stop")];
const html = { "content-type": "text/html" };
const call = (fields: object): string => delta({ tool_calls: [fields] });

const noChunk = "In the SDK the stream ends without a chunk and without an error: the failure is not seen.";
const notSeen = "The SDK throws nothing: a program does not see what is wrong with the reply.";

describe("what the OpenAI SDK makes of a reply", () => {
  let server: FaultServer;
  let http: NodeHttp;
  beforeEach(async () => {
    server = await startFaultServer();
    http = nodeHttp();
  });
  afterEach(async () => {
    http.dispose();
    await server.close();
  });

  const chatReading = async (
    behaviour: Behaviour,
    extra: Readonly<Record<string, unknown>> = {},
    fields: Partial<Endpoint> = {},
  ): Promise<SdkReading | undefined> => {
    server.serve(behaviour);
    const recorder = createWireRecorder(nodeClock, createRedactor());
    const credentials = keyed("sk-test-of-replays");
    const way = openaiGateway(recorder.through(http, credentials));
    const endpoint = endpointAt(server.baseUrl, fields);
    const messages = [{ role: "user" as const, content: "hello" }];
    let transcript = emptyTranscript;
    for await (const event of runChat(
      { endpoint, model: "m", messages, extra },
      credentials,
      way,
      unaborted(),
    )) {
      transcript = foldEvent(transcript, event, 0);
    }
    const { outcome, answer, reasoning, toolCalls, findings } = transcript;
    assert.ok(outcome !== undefined && outcome.kind !== "stopped");
    const codes = findings.map(({ code }) => code);
    return readingOf(recorder, { outcome: outcome.kind, answer, reasoning, toolCalls, codes });
  };
  const embeddingReading = async (behaviour: Behaviour): Promise<SdkReading | undefined> => {
    server.serve(behaviour);
    const recorder = createWireRecorder(nodeClock, createRedactor());
    const credentials = keyed("sk-test-of-replays");
    const way = openaiGateway(recorder.through(http, credentials));
    const request = { endpoint: endpointAt(server.baseUrl), model: "m", input: "hello" };
    const outcome = await runEmbedding(request, credentials, way, unaborted());
    assert.ok(outcome.kind !== "stopped");
    const codes = outcome.findings.map(({ code }) => code);
    return readingOf(recorder, { outcome: outcome.kind, answer: "", reasoning: "", toolCalls: [], codes });
  };
  const readingOf = async (recorder: WireRecorder, shown: ShownRun): Promise<SdkReading | undefined> => {
    const sent = server.requests.length;
    const wire = keptWire(recorder, () => shown, readWithSdk);
    const reading = await wire.sdkReading();
    assert.equal(server.requests.length, sent, "a replay sends nothing");
    assert.equal(await wire.sdkReading(), reading, "it is read once");
    return reading;
  };

  const differing: readonly {
    readonly name: string;
    readonly differs?: "field";
    readonly behaviour: Behaviour;
    readonly got: SdkGot;
    readonly says: readonly string[];
    readonly extra?: Readonly<Record<string, unknown>>;
  }[] = [
    {
      name: "an error with status 200 instead of a stream",
      behaviour: reply({ body: { error: { message: "out of memory" } } }),
      got: { kind: "text", answer: "", reasoning: "", chunks: 0 },
      says: [noChunk],
    },
    {
      name: "an error with status 200 to a request without a stream",
      behaviour: reply({ body: { error: { message: "out of memory" } } }),
      extra: { stream: false },
      got: { kind: "unusable", value: "object" },
      says: [
        "The SDK takes the error for an answer: it throws nothing, and `choices` is undefined in what it returns.",
      ],
    },
    {
      name: "a web page with status 200 to a request without a stream",
      behaviour: reply({ headers: html, body: "<h1>Welcome</h1>" }),
      extra: { stream: false },
      got: { kind: "unusable", value: "string" },
      says: ["The SDK throws nothing and returns the body as a string, which has no `choices`."],
    },
    {
      name: "an empty body with status 200 to a request without a stream",
      behaviour: reply({ headers: { "content-type": "application/json" }, body: "" }),
      extra: { stream: false },
      got: { kind: "unusable", value: "nothing" },
      says: ["The SDK throws nothing and returns no value for the empty body."],
    },
    {
      name: "a whole JSON answer instead of a stream",
      behaviour: reply({ body: { choices: [{ message: { content: "Hello" }, finish_reason: "stop" }] } }),
      got: { kind: "text", answer: "", reasoning: "", chunks: 0 },
      says: [
        "The reply is no event stream: in the SDK the stream ends without a chunk and without an error.",
      ],
    },
    {
      name: "a stream that ends before it is finished",
      behaviour: sse(hello.slice(0, 1), { done: "left-out" }),
      got: { kind: "text", answer: "Hel", reasoning: "", chunks: 1 },
      says: ["The stream broke off. In the SDK it ends without an error, as if the answer were whole."],
    },
    {
      name: "an empty stream",
      behaviour: sse([], { done: "left-out" }),
      got: { kind: "text", answer: "", reasoning: "", chunks: 0 },
      says: [noChunk],
    },
    {
      name: "a malformed chunk",
      behaviour: sse([hello[0]!, '{"choices": nonsense', ...hello.slice(1)]),
      got: {
        kind: "error",
        name: "SyntaxError",
        message: "Error reading response: malformed server-sent event JSON.",
      },
      says: ["A part of the reply is not JSON: the SDK throws a SyntaxError that does not show it."],
    },
    {
      name: "an error in DashScope's flat form, which has no `error`",
      behaviour: sse([JSON.stringify({ code: "Throttling", message: "Too many requests" })], {
        done: "left-out",
      }),
      got: { kind: "text", answer: "", reasoning: "", chunks: 1 },
      says: [notSeen],
    },
    {
      name: "reasoning in reasoning_content",
      differs: "field",
      behaviour: sse([delta({ reasoning_content: "Hm." }), ...hello]),
      got: { kind: "text", answer: "Hello", reasoning: "Hm.", chunks: 4 },
      says: [
        "The reasoning comes in `reasoning_content`, a field that the SDK does not type: only a program that asks for it by name gets it.",
      ],
    },
    {
      name: "reasoning in reasoning",
      differs: "field",
      behaviour: sse([delta({ reasoning: "Hm." }), ...hello]),
      got: { kind: "text", answer: "Hello", reasoning: "Hm.", chunks: 4 },
      says: [
        "The reasoning comes in `reasoning`, a field that the SDK does not type: only a program that asks for it by name gets it.",
      ],
    },
    {
      name: "reasoning between tags in the content",
      behaviour: sse([delta({ content: "<think>Hm.</think>" }), ...hello]),
      got: { kind: "text", answer: "<think>Hm.</think>Hello", reasoning: "", chunks: 4 },
      says: ["`<think>` and the reasoning stay in the SDK's answer: a program has to cut them out."],
    },
    {
      name: "two tool calls with the same index",
      behaviour: sse([
        call({ index: 0, id: "a", function: { name: "now", arguments: "{}" } }),
        call({ index: 0, id: "b", function: { name: "date", arguments: "{}" } }),
        delta({}, "tool_calls"),
      ]),
      got: { kind: "text", answer: "", reasoning: "", chunks: 3 },
      says: ["The tool calls are others: put together by their `index`, they are 1, here 2."],
    },
    {
      name: "a refusal that is a JSON string",
      behaviour: reply({ status: 401, body: '"Invalid token"' }),
      got: { kind: "error", name: "AuthenticationError", message: "401 status code (no body)" },
      says: ["The SDK says that there is no body, though the server sent one."],
    },
  ];
  for (const { name, behaviour, got, says, extra, differs = "result" } of differing) {
    it(`is told of ${name}`, async () => {
      const reading = await chatReading(behaviour, extra);
      assert.deepEqual(reading?.got, got);
      assert.deepEqual(reading.differences, says);
      assert.equal(reading.differs, differs);
      assert.match(reading.client, /^openai \d+\.\d+\.\d+$/);
    });
  }

  const alike: readonly { readonly name: string; readonly behaviour: Behaviour }[] = [
    { name: "an answer that is as it should be", behaviour: sse(hello) },
    { name: "an answer without [DONE]", behaviour: sse(hello, { done: "left-out" }) },
    {
      name: "a refusal with a message",
      behaviour: reply({ status: 401, body: { error: { message: "no" } } }),
    },
    {
      name: "an error event, which the SDK throws with its text",
      behaviour: sse([hello[0]!, JSON.stringify({ error: { message: "The request queue is full." } })]),
    },
    {
      name: "a tool call in pieces",
      behaviour: sse([
        call({ index: 0, id: "a", function: { name: "now", arguments: "{" } }),
        call({ index: 0, function: { arguments: "}" } }),
        delta({}, "tool_calls"),
      ]),
    },
    {
      name: "a stream that a reset cut, which no replay can show",
      behaviour: sse(hello.slice(0, 1), { done: "left-out", end: "reset" }),
    },
  ];
  for (const { name, behaviour } of alike) {
    it(`is not told where it does not differ: ${name}`, async () => {
      assert.equal(await chatReading(behaviour), undefined);
    });
  }

  it("is not asked about a protocol that it can not speak", async () => {
    const generated = reply({ body: { generated_text: "Hello" } });
    assert.equal(await chatReading(generated, {}, { protocol: "generate" }), undefined);
  });

  it("is told of an error with status 200 to an embedding", async () => {
    const reading = await embeddingReading(reply({ body: { error: { message: "too long" } } }));
    assert.deepEqual(reading?.got, { kind: "unusable", value: "object" });
    assert.deepEqual(reading.differences, [
      "The SDK takes the error for an answer: it throws nothing, and `data` is undefined in what it returns.",
    ]);
  });

  it("is told of a vector that is nothing but zeros", async () => {
    const zeros = Array.from({ length: 8 }, () => 0);
    const reading = await embeddingReading(reply({ body: { data: [{ index: 0, embedding: zeros }] } }));
    assert.deepEqual(reading?.got, { kind: "vectors", count: 1, dimensions: 8 });
    assert.deepEqual(reading.differences, [notSeen]);
  });

  it("is not told of a good embedding", async () => {
    const embedding = [0.6, 0.8];
    assert.equal(await embeddingReading(reply({ body: { data: [{ index: 0, embedding }] } })), undefined);
  });

  it("can not send anything: no key, and a place that does not exist", async () => {
    const replayed = await readWithSdk({
      task: "chat",
      request: { model: "m", messages: [], stream: true },
      status: 204,
      headers: { "x-echo": "•••", "content-type": "text/event-stream" },
      body: "",
    });
    assert.equal(replayed.got.kind, "error");
    assert.equal(server.requests.length, 0);
  });
});
