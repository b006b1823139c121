import assert from "node:assert/strict";

import OpenAI from "openai";

import type { Exchange } from "../../../src/core/diagnosis/exchange.ts";
import { sdkMessages } from "../../../src/core/diagnosis/sdkMessages.ts";
import { aFinding } from "../../support/builders.ts";
import {
  chunkedReply,
  type FaultServer,
  neverAnswer,
  refusedPort,
  reply,
  sse,
  startFaultServer,
} from "../../support/faultServer.ts";

const json = { "content-type": "application/json" };

describe("what openai for JavaScript says, against the real package", () => {
  let server: FaultServer;
  beforeEach(async () => {
    server = await startFaultServer();
  });
  afterEach(() => server.close());

  const expectedOf = (exchange: Partial<Exchange>): string => {
    const whole = {
      method: "POST",
      url: "http://h/v1/chat/completions",
      requestHeaders: {},
      replyHeaders: json,
    };
    const noted: Exchange = { ...whole, replyBody: "", role: "rung", durationMs: 1, ...exchange };
    const [line = ""] = sdkMessages([aFinding("http.malformed")], [noted]);
    return line.replace("openai for JavaScript: ", "");
  };

  /** What a program sees that asks for the first choice, as every example does. */
  const saidBy = async (baseURL: string, stream: "stream" | "whole" = "whole"): Promise<string> => {
    const client = new OpenAI({ apiKey: "x", baseURL, maxRetries: 0, timeout: 500, logLevel: "off" });
    const messages = [{ role: "user" as const, content: "ping" }];
    try {
      if (stream === "whole") {
        const answer = await client.chat.completions.create({ model: "m", messages });
        try {
          return `answered ${JSON.stringify(answer.choices[0])}`;
        } catch (error) {
          return `no error, then ${String(error)}`;
        }
      }
      let chunks = 0;
      const streamed = await client.chat.completions.create({ model: "m", messages, stream: true });
      for await (const chunk of streamed) chunks += chunk.choices.length;
      return chunks === 0 ? "no error; the stream ends without a single chunk" : `${chunks} chunks`;
    } catch (error) {
      assert.ok(error instanceof Error);
      return `${error.constructor.name}: ${error.message}`;
    }
  };

  const replies: readonly { name: string; status: number; body: string; headers?: Record<string, string> }[] =
    [
      { name: "a flat 401", status: 401, body: '{"error":"Unauthorized"}' },
      { name: "FastAPI's 404", status: 404, body: '{"detail":"Not Found"}' },
      { name: "a nested 400", status: 400, body: '{"error":{"message":"bad","type":"t","code":400}}' },
      { name: "SGLang's 400", status: 400, body: '{"object":"error","message":"bad","code":400}' },
      { name: "a 500 of text", status: 500, body: "boom" },
      { name: "a 429", status: 429, body: '{"error":{"message":"slow","code":"rate"}}' },
      { name: "a JSON string", status: 401, body: '"Invalid token"' },
      { name: "an empty 401", status: 401, body: "" },
      { name: "a 402", status: 402, body: '{"error":{"message":"pay"}}' },
      {
        name: "a page with 502",
        status: 502,
        body: "<html>Bad</html>",
        headers: { "content-type": "text/html" },
      },
      {
        name: "a page with 200",
        status: 200,
        body: "<html>x</html>",
        headers: { "content-type": "text/html" },
      },
      { name: "an error in a 200", status: 200, body: '{"error":"Unexpected endpoint"}' },
      { name: "an empty 200", status: 200, body: "", headers: { ...json, "content-length": "0" } },
    ];
  for (const { name, status, body, headers = json } of replies) {
    it(`of ${name}`, async () => {
      server.serve(reply({ status, body, headers }));
      const expected = expectedOf({ status, replyBody: body, replyHeaders: headers });
      assert.equal(await saidBy(server.baseUrl), expected);
    });
  }

  it("of broken JSON", async () => {
    server.serve(reply({ body: '{"choices":[', headers: json }));
    assert.match(await saidBy(server.baseUrl), /^SyntaxError: /);
    assert.match(expectedOf({ status: 200, replyBody: '{"choices":[' }), /^SyntaxError/);
  });

  it("of a port where nothing listens", async () => {
    const said = await saidBy(`http://127.0.0.1:${await refusedPort()}/v1`);
    assert.equal(said, expectedOf({ fault: "ECONNREFUSED" }));
  });

  it("of silence", async () => {
    server.serve(neverAnswer);
    assert.equal(await saidBy(server.baseUrl), expectedOf({ fault: "TIMEOUT" }));
  });

  it("of an error in the middle of a stream", async () => {
    const event = '{"error":{"message":"mid","code":500}}';
    server.serve(sse([event]));
    const expected = expectedOf({
      status: 200,
      requestBody: '{"stream":true}',
      replyBody: `data: ${event}\n\n`,
    });
    assert.equal(await saidBy(server.baseUrl, "stream"), expected);
  });

  it("of a stream that is empty", async () => {
    server.serve(chunkedReply([], { headers: { "content-type": "text/event-stream" } }));
    const expected = expectedOf({ status: 200, requestBody: '{"stream":true}' });
    assert.equal(await saidBy(server.baseUrl, "stream"), expected);
  });
});
