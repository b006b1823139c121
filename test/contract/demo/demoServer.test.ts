import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { startDemoServer, type DemoOptions, type DemoServer } from "../../../src/demo/demoServer.ts";
import type { DemoLogEntry } from "../../../src/demo/requestLog.ts";

const secret = "sk-demo-secret";
const prompt = "a prompt nobody may find in the log";
const messages = [{ role: "user", content: prompt }];

describe("the demo endpoint", () => {
  let server: DemoServer | undefined;
  afterEach(() => server?.close());

  /** Starts the server of one test; `logged` settles with its next log entry. */
  const start = async (
    options: DemoOptions = {},
  ): Promise<{ demo: DemoServer; logged: Promise<DemoLogEntry> }> => {
    let tell: (entry: DemoLogEntry) => void = () => undefined;
    const logged = new Promise<DemoLogEntry>((resolve) => (tell = resolve));
    const demo = await startDemoServer({ tokensPerSecond: 0, ...options, onRequest: (entry) => tell(entry) });
    server = demo;
    return { demo, logged };
  };
  const chat = (demo: DemoServer, fields: object, init: RequestInit = {}): Promise<Response> =>
    fetch(`${demo.baseUrl}/chat/completions`, {
      method: "POST",
      body: JSON.stringify({ model: "demo-chat", messages, ...fields }),
      ...init,
    });

  it("streams role, reasoning, answer, finish reason, usage and [DONE]", async () => {
    const { demo, logged } = await start();
    const response = await chat(demo, { stream: true, stream_options: { include_usage: true } });
    assert.match(response.headers.get("content-type") ?? "", /^text\/event-stream/);
    const events = (await response.text()).trimEnd().split("\n\n");
    assert.ok(events.every((event) => event.startsWith("data: ")));
    assert.match(events[0]!, /"delta":\{"role":"assistant"\},"finish_reason":null/);
    assert.match(events[1]!, /"reasoning_content"/);
    assert.match(events.at(-3)!, /"delta":\{\},"finish_reason":"stop"/);
    assert.match(events.at(-2)!, /"choices":\[\],"usage":\{"prompt_tokens":8,/);
    assert.equal(events.at(-1), "data: [DONE]");
    const { status, model, stream, finished, path, method } = await logged;
    assert.deepEqual(
      { status, model, stream, finished, path, method },
      {
        status: 200,
        model: "demo-chat",
        stream: true,
        finished: "complete",
        path: "/v1/chat/completions",
        method: "POST",
      },
    );
  });

  it("streams an answer of ten thousand tokens, cut by max_tokens", async () => {
    const { demo } = await start();
    const fields = { stream: true, enable_thinking: false, demo_tokens: 10_000, max_tokens: 9_999 };
    const text = await (await chat(demo, fields)).text();
    assert.equal(text.match(/"delta":\{"content"/g)?.length, 9_999);
    assert.match(text, /"finish_reason":"length"/);
  });

  it("gives out tokens at the asked rate", async () => {
    const { demo } = await start({ tokensPerSecond: 200 });
    const startMs = performance.now();
    const text = await (await chat(demo, { stream: true, enable_thinking: false, demo_tokens: 40 })).text();
    assert.equal(text.match(/"delta":\{"content"/g)?.length, 40);
    assert.ok(performance.now() - startMs >= 195);
  });

  const cancelled: readonly { readonly name: string; readonly fields: object; readonly status: number }[] = [
    { name: "a stream", fields: { stream: true }, status: 200 },
    { name: "an answer that is not streamed", fields: {}, status: 0 },
  ];
  for (const { name, fields, status } of cancelled) {
    it(`stops ${name} and logs it as client-closed when the client goes away`, async () => {
      const { demo, logged } = await start({ tokensPerSecond: 20 });
      const cancel = new AbortController();
      const response = chat(demo, { demo_tokens: 100_000, ...fields }, { signal: cancel.signal });
      response.then((answer) => answer.text()).catch(() => undefined);
      setTimeout(() => cancel.abort(), 300);
      const entry = await logged;
      assert.equal(entry.finished, "client-closed");
      assert.equal(entry.status, status);
      assert.ok(entry.durationMs < 5000);
    });
  }

  it("notices a client that leaves while tokens come as fast as possible", async () => {
    const { demo, logged } = await start();
    const response = await chat(demo, { stream: true, demo_tokens: 1_000_000 });
    await response.body?.cancel();
    assert.equal((await logged).finished, "client-closed");
  });

  const guarded = [
    "/v1/models",
    "/v1/chat/completions",
    "/v1/embeddings",
    "/v1/rerank",
    "/rerank",
    "/v1/nowhere",
  ];
  for (const path of guarded) {
    it(`wants the key at ${path} and repeats nothing of a wrong one`, async () => {
      const { demo } = await start({ key: secret });
      const url = demo.baseUrl.replace(/\/v1$/, path);
      for (const headers of [
        {},
        { authorization: "Bearer sk-wrong" },
        { authorization: `Basic ${secret}` },
      ]) {
        const response = await fetch(url, { headers });
        const text = await response.text();
        assert.equal(response.status, 401);
        assert.match(text, /^\{"error":\{"message":".*","type":"invalid_request_error"/);
        assert.ok(!text.includes("sk-"));
      }
    });
  }

  it("takes the right key, and is open where a health check looks", async () => {
    const { demo } = await start({ key: secret });
    const authorized = await fetch(`${demo.baseUrl}/models`, {
      headers: { authorization: `bearer ${secret}` },
    });
    const health = await fetch(demo.baseUrl.replace(/v1$/, "health"));
    assert.deepEqual([authorized.status, health.status], [200, 200]);
  });

  it("has neither the key nor the prompt in its log", async () => {
    const { demo, logged } = await start({ key: secret });
    await (await chat(demo, {}, { headers: { authorization: `Bearer ${secret}` } })).text();
    await logged;
    await fetch(`${demo.baseUrl}/${secret}?key=${secret}`);
    const text = JSON.stringify(demo.log);
    assert.match(text, /"status":200/);
    assert.ok(!text.includes(secret) && !text.includes("nobody"));
  });

  for (const framing of ["content-length: 33554433", "transfer-encoding: chunked"]) {
    it(`answers 413 to a body over 32 MB (${framing})`, async () => {
      const { demo } = await start();
      const socket = connect(demo.port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write(`POST /v1/embeddings HTTP/1.1\r\nhost: x\r\n${framing}\r\n\r\n`);
      const answer = once(socket, "data");
      const megabyte = "x".repeat(1024 * 1024);
      if (framing.includes("chunked")) {
        for (let sent = 0; sent < 33; sent += 1) socket.write(`100000\r\n${megabyte}\r\n`);
      }
      assert.match(String((await answer)[0]), /^HTTP\/1\.1 413 [\s\S]*server: qwen-endpoints-demo/i);
      socket.destroy();
    });
  }

  const rude: readonly { readonly name: string; readonly bytes: string }[] = [
    {
      name: "resets in the middle of a body",
      bytes: "POST /v1/embeddings HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\n{",
    },
    { name: "resets in the middle of a head", bytes: "POST /v1/embe" },
    { name: "resets at once", bytes: "" },
  ];
  for (const { name, bytes } of rude) {
    it(`goes on after a client that ${name}`, async () => {
      const { demo } = await start();
      const socket = connect(demo.port, "127.0.0.1");
      await once(socket, "connect");
      if (bytes !== "") await new Promise((resolve) => socket.write(bytes, resolve));
      await new Promise((resolve) => setTimeout(resolve, 20));
      socket.resetAndDestroy();
      assert.equal((await fetch(`${demo.baseUrl}/models`)).status, 200);
    });
  }

  it("answers 400, labelled, to bytes that are no HTTP", async () => {
    const { demo } = await start();
    const socket = connect(demo.port, "127.0.0.1");
    socket.write("\u0016\u0003\u0001 hello\r\n\r\n");
    assert.match(
      String((await once(socket, "data"))[0]),
      /^HTTP\/1\.1 400 Bad Request\r\nserver: qwen-endpoints-demo/,
    );
  });

  it("serves several requests on one connection", async () => {
    const { demo } = await start();
    const socket = connect(demo.port, "127.0.0.1");
    for (const path of ["/health", "/v1/models", "/nowhere"]) {
      socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
      assert.match(String((await once(socket, "data"))[0]), /^HTTP\/1\.1 (200|404)/);
    }
    socket.destroy();
  });

  it("ends open streams when it closes, and can be closed twice", async () => {
    const { demo, logged } = await start({ tokensPerSecond: 5 });
    const response = await chat(demo, { stream: true });
    const reading = response.text();
    await Promise.all([demo.close(), demo.close()]);
    await assert.rejects(reading);
    assert.equal((await logged).finished, "client-closed");
  });

  it("rejects when its port is taken", async () => {
    const { demo } = await start();
    await assert.rejects(startDemoServer({ port: demo.port }), { code: "EADDRINUSE" });
  });

  it("runs from the command line until it is told to end", async () => {
    const main = fileURLToPath(new URL("../../../src/demo/main.ts", import.meta.url));
    const program = spawn(process.execPath, [main, "--rate", "0", "--key-env", "DEMO_KEY"], {
      env: { ...process.env, DEMO_KEY: secret },
    });
    const baseUrl = String((await once(program.stdout, "data"))[0]).trim();
    assert.match(baseUrl, /^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    assert.equal((await fetch(`${baseUrl}/models`)).status, 401);
    program.kill("SIGTERM");
    assert.deepEqual(await once(program, "exit"), [0, null]);
  });
});
