import assert from "node:assert/strict";
import { runChat } from "../../../src/core/chat/runChat.ts";
import { emptyTranscript, foldEvent, type Transcript } from "../../../src/core/chat/transcript.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { openaiGateway } from "../../../src/io/openaiGateway.ts";
import { reply, startFaultServer, type Behaviour, type FaultServer } from "../../support/faultServer.ts";
import { endpointAt, keyed, unaborted } from "../support/endpoints.ts";

describe("the body of an error reply", () => {
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
  const transcriptOf = async (behaviour: Behaviour): Promise<Transcript> => {
    server.serve(behaviour);
    const request = {
      endpoint: endpointAt(server.baseUrl),
      model: "m",
      messages: [{ role: "user", content: "hello" }],
      extra: {},
    };
    let transcript = emptyTranscript;
    for await (const event of runChat(request, keyed("sk-test"), openaiGateway(http), unaborted())) {
      transcript = foldEvent(transcript, event, 0);
    }
    return transcript;
  };

  const envelopes: readonly { readonly name: string; readonly body: string }[] = [
    { name: "OpenAI's", body: '{"error":{"message":"evidence-1","type":"x","param":null,"code":"y"}}' },
    {
      name: "vLLM's flat one",
      body: '{"object":"error","message":"evidence-1","type":"BadRequestError","code":400}',
    },
    { name: "a text in error", body: '{"error":"evidence-1"}' },
    { name: "FastAPI's detail", body: '{"detail":"evidence-1"}' },
    {
      name: "FastAPI's problems",
      body: '{"detail":[{"loc":["body","x"],"msg":"evidence-1","type":"missing"}]}',
    },
    { name: "DashScope's", body: '{"code":"InvalidParameter","message":"evidence-1","request_id":"r"}' },
    { name: "ModelScope's errors", body: '{"errors":{"message":"evidence-1"},"request_id":"r"}' },
    { name: "TEI's", body: '{"error":"evidence-1","error_type":"Validation"}' },
    { name: "a JSON text", body: '"evidence-1"' },
    { name: "plain text", body: "evidence-1" },
    { name: "a page", body: "<html><body><h1>evidence-1</h1></body></html>" },
  ];
  for (const { name, body } of envelopes) {
    for (const status of [400, 401, 404, 500]) {
      it(`of ${status} in ${name} envelope is kept as evidence`, async () => {
        const { findings, outcome } = await transcriptOf(reply({ status, body }));
        assert.equal(outcome?.kind, "failed");
        assert.match(findings[0]?.evidence.join("\n") ?? "", /evidence-1/);
        assert.match(findings[0]?.evidence[0] ?? "", new RegExp(`→ ${status}`));
      });
    }
  }
});
