import assert from "node:assert/strict";
import { runChat } from "../../../src/core/chat/runChat.ts";
import type { StreamEvent } from "../../../src/core/chat/streamEvent.ts";
import { emptyTranscript, foldEvent } from "../../../src/core/chat/transcript.ts";
import type { Endpoint } from "../../../src/core/endpoint/endpoint.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { openaiGateway } from "../../../src/io/openaiGateway.ts";
import { sse, startFaultServer, type FaultServer } from "../../support/faultServer.ts";
import { endpointAt, keyed, unaborted } from "../support/endpoints.ts";

const delta = (content: string, finish: string | null = null): string =>
  JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] });
const hello = [delta("你好"), delta(", wörld"), delta("", "stop")];

describe("a chat on the wire", () => {
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

  const chat = (endpoint: Endpoint): AsyncGenerator<StreamEvent> =>
    runChat(
      { endpoint, model: "demo-chat", messages: [{ role: "user", content: "hello" }], extra: {} },
      keyed("sk-test-of-streams"),
      openaiGateway(http),
      unaborted(),
    );

  it("says how long each part of the connection took, and how many bytes came", async () => {
    server.serve(sse(hello));
    const events: StreamEvent[] = [];
    for await (const event of chat(endpointAt(server.baseUrl))) events.push(event);
    const opened = events.find(({ kind }) => kind === "opened");
    assert.ok(opened?.kind === "opened" && opened.timings !== undefined);
    const { connectMs, firstByteMs } = opened.timings;
    assert.ok(connectMs !== undefined && firstByteMs !== undefined && connectMs <= firstByteMs);
    const received = events.at(-2);
    assert.equal(received?.kind, "received");
    // The bytes of the text itself, and the JSON around it.
    assert.ok(received.bytes > Buffer.byteLength(hello.join("")));
  });

  it("speaks DashScope's native API where the base URL is its", async () => {
    const said = (content: string, finish: string): string =>
      JSON.stringify({ output: { choices: [{ message: { content }, finish_reason: finish }] } });
    server.serve(
      sse(
        [said("你好", "null"), said(", wörld", "stop")].map((data) => ({
          raw: `id:1\nevent:result\n:HTTP_STATUS/200\ndata:${data}\n\n`,
        })),
        { done: "left-out" },
      ),
    );
    const path = "/api/v1/services/aigc/text-generation/generation";
    let transcript = emptyTranscript;
    for await (const event of chat(endpointAt(`${server.origin}${path}`))) {
      transcript = foldEvent(transcript, event, 0);
    }
    assert.equal(transcript.answer, "你好, wörld");
    assert.deepEqual(transcript.findings, []);
    const [request] = server.requests;
    assert.equal(request?.headers["x-dashscope-sse"], "enable");
    assert.match(request.path, /generation$/);
    assert.match(request.body.toString(), /"incremental_output":true/);
  });
});
