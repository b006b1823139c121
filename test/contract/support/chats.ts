import assert from "node:assert/strict";
import { runChat } from "../../../src/core/chat/runChat.ts";
import type { StreamEvent } from "../../../src/core/chat/streamEvent.ts";
import { emptyTranscript, foldEvent, type Transcript } from "../../../src/core/chat/transcript.ts";
import { userMessage, type WireMessage } from "../../../src/core/chat/wireMessage.ts";
import type { Endpoint } from "../../../src/core/endpoint/endpoint.ts";
import { nodeClock } from "../../../src/io/nodeClock.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { openaiGateway } from "../../../src/io/openaiGateway.ts";
import { startFaultServer, type FaultServer } from "../../support/faultServer.ts";
import { endpointAt, keyed, unaborted } from "./endpoints.ts";

interface ChatFields {
  readonly messages?: readonly WireMessage[];
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

/** A server and the way to it, opened before and closed after each test of the suite. */
export interface ChatBench {
  readonly server: FaultServer;
  readonly events: (endpoint: Endpoint, fields?: ChatFields) => AsyncGenerator<StreamEvent>;
  readonly transcript: (endpoint: Endpoint, fields?: ChatFields) => Promise<Transcript>;
  /** The body of the last request. */
  readonly sent: () => Readonly<Record<string, unknown>>;
}

export function chatBench(): () => ChatBench {
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
  const events: ChatBench["events"] = (
    endpoint,
    { messages = [userMessage("hello")], extra = {}, signal = unaborted() } = {},
  ) =>
    runChat(
      { endpoint, model: "qwen-test", messages, extra },
      keyed("sk-of-the-bench"),
      openaiGateway(http),
      signal,
      nodeClock,
    );
  return () => ({
    server,
    events,
    transcript: async (endpoint, fields) => {
      let transcript = emptyTranscript;
      for await (const event of events(endpoint, fields)) {
        assert.equal(transcript.outcome, undefined, "nothing comes after the end");
        transcript = foldEvent(transcript, event, 0);
      }
      assert.ok(transcript.outcome !== undefined, "it has ended");
      return transcript;
    },
    sent: () => JSON.parse(String(server.requests.at(-1)?.body)) as Readonly<Record<string, unknown>>,
  });
}

/** Every protocol that a chat is asked in. */
export const protocols = {
  openai: (baseUrl: string): Endpoint => endpointAt(baseUrl),
  generate: (baseUrl: string): Endpoint => endpointAt(baseUrl, { protocol: "generate" }),
  native: (baseUrl: string): Endpoint =>
    endpointAt(baseUrl.replace(/\/v1$/, "/api/v1/services/aigc/text-generation/generation")),
} as const;
