import assert from "node:assert/strict";
import * as vscode from "vscode";

import {
  neverAnswer,
  sse,
  stallMidStream,
  startFaultServer,
  type Behaviour,
  type FaultServer,
} from "../support/faultServer.ts";
import { run } from "./support/keyBench.ts";
import { until } from "./support/until.ts";

const piece = (content: string, finish: string | null = null): string =>
  JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] });
const native = JSON.stringify({
  output: { choices: [{ message: { content: "half" }, finish_reason: "null" }] },
});

describe("a chat of the window", () => {
  let server: FaultServer;
  beforeEach(async () => {
    server = await startFaultServer();
  });
  afterEach(async () => {
    await closeRunPanels();
    await server.close();
  });

  const generation = "/api/v1/services/aigc/text-generation/generation";
  const cases: readonly {
    readonly name: string;
    readonly behaviour: Behaviour;
    readonly more?: Readonly<Record<string, unknown>>;
    readonly path?: string;
    readonly answer: string;
  }[] = [
    {
      name: "in the middle of its answer",
      behaviour: sse([piece("half")], { done: "left-out", end: "stall" }),
      answer: "half",
    },
    { name: "before the headers of its reply", behaviour: neverAnswer, answer: "" },
    {
      name: "over the protocol generate",
      behaviour: stallMidStream(['{"generated_text":"h'], {
        headers: { "content-type": "application/json" },
      }),
      more: { protocol: "generate" },
      answer: "",
    },
    {
      name: "over DashScope's native API",
      behaviour: sse([native, native], { done: "left-out", end: "stall" }),
      path: generation,
      answer: "half",
    },
  ];
  for (const { name, behaviour, more, path = "/v1", answer } of cases) {
    it(`is stopped on the wire when its panel is closed ${name}`, async () => {
      server.serve(behaviour);
      const endpoint = { baseUrl: `${server.origin}${path}`, models: { chat: "m" }, ...more };
      const running = run("qwen.sendChat", { endpoint, prompt: "Hi" });
      await until("the request", () => server.requests.length === 1 && runPanels().length > 0);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await closeRunPanels();
      const record = await running;
      assert.equal(record?.outcome, "stopped");
      assert.ok(record.answer.startsWith(answer), record.answer);
      await until("the closed connection", () => server.openConnections === 0);
    });
  }

  it("sends a prompt of 5 MB whole", async function () {
    this.timeout(60_000);
    const prompt = "你好, `wörld` \n".repeat(300_000);
    server.serve(sse([piece("ok", "stop")]));
    const endpoint = { baseUrl: server.baseUrl, models: { chat: "m" } };
    const record = await run("qwen.sendChat", { endpoint, prompt });
    assert.equal(record?.outcome, "finished");
    const body = JSON.parse(String(server.requests[0]?.body)) as { messages: { content: string }[] };
    assert.ok(body.messages[0]?.content === prompt, "the same text");
  });

  it("carries odd characters there and back, and a line of 1 MB", async () => {
    const odd = 'a\0b\u001b[31m\ud800 \udfff \u202eevil\u2066 \u2028 "\\ \r\n\t';
    const line = "x".repeat(1_000_000);
    server.serve(sse([piece(odd), piece(line), piece("", "stop")]));
    const endpoint = { baseUrl: server.baseUrl, models: { chat: "m" } };
    const record = await run("qwen.sendChat", { endpoint, prompt: odd });
    assert.equal(record?.outcome, "finished");
    assert.ok(record.answer === odd + line, "the same text");
    const body = JSON.parse(String(server.requests[0]?.body)) as { messages: { content: string }[] };
    assert.equal(body.messages[0]?.content, odd);
  });

  it("says where a stream that was cut ended, and keeps what came", async () => {
    server.serve(sse([piece("Once upon a time")], { done: "left-out", end: "reset" }));
    const endpoint = { baseUrl: server.baseUrl, models: { chat: "m" } };
    const record = await run("qwen.sendChat", { endpoint, prompt: "Hi" });
    assert.equal(record?.answer, "Once upon a time");
    assert.equal(record.findings[0]?.code, "stream.cut");
    const evidence = record.findings[0].evidence.join("\n");
    assert.match(evidence, /ended after 16 characters of answer, \d+ bytes, \d+ ms after the request/);
    assert.match(evidence, /last words: Once upon a time/);
  });
});

function runPanels(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes("qwen.run"));
}

/** A tab that is being moved to another group is skipped without a word, so once may not be enough. */
async function closeRunPanels(): Promise<void> {
  for (let tabs = runPanels(); tabs.length > 0; tabs = runPanels()) {
    await vscode.window.tabGroups.close(tabs);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
