import assert from "node:assert/strict";

import { diagnose } from "../../../src/core/diagnosis/ladder.ts";
import type { Report, RungId } from "../../../src/core/diagnosis/report.ts";
import { steps } from "../../../src/core/diagnosis/steps/index.ts";
import { startDemoServer } from "../../../src/demo/demoServer.ts";
import { nodeClock } from "../../../src/io/nodeClock.ts";
import { nodeHttp, type NodeHttp } from "../../../src/io/nodeHttp.ts";
import { nodeSockets } from "../../../src/io/nodeSockets.ts";
import { recordedReplies } from "../../support/recordedReplies.ts";
import {
  completion,
  type Fields,
  said,
  type Script,
  type ScriptedModel,
  startScriptedModel,
  streamed,
} from "../../support/scriptedModel.ts";
import { asked, endpointAt, keyed, unaborted } from "../support/endpoints.ts";

describe("the chat rungs over real sockets", () => {
  let http: NodeHttp;
  const running: { close(): Promise<void> }[] = [];
  beforeEach(() => {
    http = nodeHttp();
  });
  afterEach(async () => {
    http.dispose();
    await Promise.all(running.splice(0).map((server) => server.close()));
  });

  const climb = async (baseUrl: string, model: string): Promise<Report> => {
    const endpoint = endpointAt(baseUrl, { models: { chat: model } });
    const subject = { endpoint, credentials: keyed("sk-chat-rungs"), tasks: ["chat" as const], ...asked };
    const ports = { http, sockets: nodeSockets(), clock: nodeClock };
    let last: Report | undefined;
    for await (const report of diagnose(steps, { ...subject, depth: "full" }, ports, unaborted())) {
      last = report;
    }
    assert.ok(last !== undefined);
    return last;
  };
  const climbScripted = async (
    script: Script,
    model = "Qwen3-8B",
  ): Promise<{ readonly report: Report; readonly server: ScriptedModel }> => {
    const server = await startScriptedModel(script);
    running.push(server);
    return { report: await climb(server.baseUrl, model), server };
  };

  it("finds the demo endpoint healthy at full depth, every chat rung passed", async () => {
    const demo = await startDemoServer({ tokensPerSecond: 0 });
    running.push(demo);
    const report = await climb(demo.baseUrl, "demo-chat");
    assert.equal(report.verdict, "healthy", JSON.stringify(report.findings));
    const statuses = chatRungs.map((id) => [id, rungOf(report, id).status]);
    assert.deepEqual(
      statuses,
      chatRungs.map((id) => [id, "passed"]),
    );
  });

  it("finds thinking.unsplit with SGLang without a reasoning parser", async () => {
    const { report } = await climbScripted({
      models: listOf("sglang"),
      chat: (request) =>
        healthy(request) ??
        said(request, { content: isOff(request) ? "42" : "<think>\nOkay, 17 plus 25\n</think>\n\n42" }),
    });
    assert.deepEqual(codesOf(report, "thinking"), [["thinking.unsplit", "warning"]]);
    assert.equal(report.verdict, "warnings");
  });

  it("finds thinking.wrong-field with vLLM 0.8.5, which answers in reasoning_content with thinking off", async () => {
    const { report } = await climbScripted({
      models: listOf("vllm"),
      chat: (request) =>
        healthy(request) ??
        said(
          request,
          isOff(request)
            ? { content: null, reasoning_content: "42" }
            : { reasoning_content: "Okay, 17 plus 25 ", content: "42" },
        ),
    });
    assert.deepEqual(codesOf(report, "thinking"), [["thinking.wrong-field", "warning"]]);
  });

  it("warns of request.thinking-needs-stream on DashScope, and climbs on by streaming", async () => {
    const refusal = recorded("dashscope-compat: thinking-nonstream");
    const { report, server } = await climbScripted(
      {
        models: listOf("dashscope"),
        headers: { "x-dashscope-call-gateway": "true", server: "istio-envoy" },
        chat: (request) =>
          request["stream"] === true
            ? (healthy(request) ??
              streamed(
                isOff(request)
                  ? { content: "42" }
                  : { reasoning_content: "用户 asks 17 plus 25 ", content: "42" },
              ))
            : refusal,
      },
      "qwen3-8b",
    );
    assert.deepEqual(codesOf(report, "chat"), [["request.thinking-needs-stream", "warning"]]);
    assert.deepEqual(
      report.findings.map(({ code }) => code),
      ["request.thinking-needs-stream"],
      JSON.stringify(report.findings),
    );
    assert.equal(server.asked.filter(({ stream }) => stream !== true).length, 1);
  });

  it("warns of http.gateway where a proxy gives up on whole replies, and climbs on by streaming", async () => {
    const { report, server } = await climbScripted({
      models: listOf("vllm"),
      chat: (request) =>
        request["stream"] === true
          ? (healthy(request) ?? streamed({ content: "42" }))
          : { status: 504, body: "<html><h1>504 Gateway Time-out</h1></html>" },
    });
    assert.deepEqual(codesOf(report, "chat"), [["http.gateway", "warning"]]);
    assert.equal(rungOf(report, "stream").status, "passed");
    assert.equal(report.verdict, "warnings");
    assert.equal(server.asked.filter(({ stream }) => stream !== true).length, 1);
  });

  it("finds http.malformed in a 200 without a choice", async () => {
    const { report } = await climbScripted({
      models: listOf("vllm"),
      chat: () => ({ body: { object: "chat.completion", choices: [], usage: { prompt_tokens: 9 } } }),
    });
    assert.deepEqual(codesOf(report, "chat"), [["http.malformed", "blocker"]]);
  });

  it("finds stream.buffered behind a proxy that collects the stream", async () => {
    const { report } = await climbScripted({
      models: listOf("vllm"),
      chat: (request) =>
        request["stream"] === true
          ? { ...streamed({ content: "1 2 3 4 5 6 7 8 9 10 11 12" }), burstAfterMs: 600 }
          : (healthy(request) ?? completion({ content: "42" })),
    });
    assert.deepEqual(codesOf(report, "stream"), [["stream.buffered", "warning"]]);
    assert.match(rungOf(report, "stream").findings[0]?.evidence.join() ?? "", /12 parts in 1 reads/);
  });

  it("warns of request.tools-disabled on vLLM started without its flags", async () => {
    const refusal = recorded("vllm: tools-auto-without-flag");
    const { report } = await climbScripted({
      models: listOf("vllm"),
      chat: (request) =>
        request["tools"] === undefined ? (healthy(request) ?? said(request, { content: "42" })) : refusal,
    });
    assert.deepEqual(codesOf(report, "tools"), [["request.tools-disabled", "warning"]]);
    assert.equal(rungOf(report, "structured").status, "passed");
    assert.equal(report.verdict, "warnings");
  });

  it("notes that JSON mode is refused, and stays healthy", async () => {
    const message = "response_format is not supported";
    const { report } = await climbScripted({
      models: listOf("vllm"),
      chat: (request) =>
        request["response_format"] === undefined
          ? (healthy(request) ?? said(request, { content: "42" }))
          : { status: 400, body: { error: { message, type: "BadRequestError", param: null, code: 400 } } },
    });
    assert.deepEqual(codesOf(report, "structured"), [["request.invalid", "note"]]);
    assert.equal(report.verdict, "healthy");
  });

  it("finds request.context-length with Ollama that cuts a long prompt without a word", async () => {
    const { report } = await climbScripted({
      models: listOf("library"),
      chat: (request) => {
        const words = JSON.stringify(request["messages"]).split(" ").length;
        return healthy(request) ?? said(request, { content: "42" }, "stop", Math.min(words, 4096));
      },
    });
    assert.deepEqual(codesOf(report, "chat"), [["request.context-length", "warning"]]);
    assert.match(rungOf(report, "chat").findings[0]?.evidence.join() ?? "", /prompt_tokens: 4096/);
  });

  it("names request.extra-body where OpenAI refuses a literal extra_body", async () => {
    const { report } = await climbScripted({
      models: listOf("openai"),
      chat: () => recorded("openai: unknown-param-extra_body"),
    });
    assert.deepEqual(codesOf(report, "chat"), [["request.extra-body", "blocker"]]);
  });
});

const chatRungs: readonly RungId[] = ["chat", "stream", "thinking", "tools", "structured"];

const listOf = (ownedBy: string): Fields => ({
  object: "list",
  data: ["Qwen3-8B", "qwen3-8b"].map((id) => ({
    id,
    object: "model",
    owned_by: ownedBy,
    max_model_len: 40960,
  })),
});

/** Tools and JSON mode as a server that has them answers; undefined for plain chats. */
function healthy(request: Fields) {
  if (request["response_format"] !== undefined) {
    return said(request, { content: '{"city": "Paris"}' });
  }
  if (request["tools"] === undefined) {
    return undefined;
  }
  const messages = request["messages"] as readonly Fields[];
  const call = {
    index: 0,
    id: "call_1",
    type: "function",
    function: { name: "get_time", arguments: '{"city":"Beijing"}' },
  };
  return messages.at(-1)?.["role"] === "tool"
    ? said(request, { content: "It is 09:30." })
    : said(request, { tool_calls: [call] }, "tool_calls");
}

/** By any of the switches (servers.md 0.10). */
function isOff({
  enable_thinking: top,
  chat_template_kwargs: template,
  reasoning_effort: effort,
}: Fields): boolean {
  return (
    top === false || effort === "none" || (template as Fields | undefined)?.["enable_thinking"] === false
  );
}

function recorded(name: string) {
  const found = recordedReplies.find((each) => each.name === name);
  assert.ok(found !== undefined, name);
  return { status: found.reply.status, body: found.reply.body };
}

function rungOf(report: Report, id: RungId): Report["rungs"][number] {
  const rung = report.rungs.find((each) => each.id === id);
  assert.ok(rung !== undefined, `${id}: ${JSON.stringify(report)}`);
  return rung;
}

function codesOf(report: Report, id: RungId): readonly (readonly [string, string])[] {
  return rungOf(report, id).findings.map(({ code, severity }) => [code, severity]);
}
