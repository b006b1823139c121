import assert from "node:assert/strict";
import { createRedactor } from "../../../src/core/diagnosis/redact.ts";
import { userMessage } from "../../../src/core/chat/wireMessage.ts";
import { reply, sse } from "../../support/faultServer.ts";
import { chatBench, protocols } from "../support/chats.ts";
import { endpointAt } from "../support/endpoints.ts";

const piece = (content: string, finish: string | null = null): string =>
  JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] });
/** All that JSON and terminals stumble over: NUL, controls, lone surrogates, overrides, separators, an emoji. */
const odd = 'a\0b\u0007\x1b[31m\ud800 \udfff \u202eevil\u2066 \u2028\u2029 \ufeff 👩‍👩‍👧 "\\ \r\n\t';

describe("bad input on the wire", () => {
  const bench = chatBench();

  for (const [name, endpointOf] of Object.entries(protocols)) {
    it(`carries a prompt of 5 MB to ${name}, whole`, async () => {
      const { server, transcript, sent } = bench();
      const prompt = "你好, `wörld` \n".repeat(400_000);
      assert.ok(Buffer.byteLength(prompt) > 5_000_000);
      server.serve(
        name === "generate" ? reply({ body: { generated_text: "ok" } }) : sse([piece("ok", "stop")]),
      );
      const { answer } = await transcript(endpointOf(server.baseUrl), { messages: [userMessage(prompt)] });
      assert.equal(answer, "ok");
      const arrived = {
        openai: ["messages", 0, "content"],
        generate: ["prompt"],
        native: ["input", "messages", 0, "content"],
      };
      const path: readonly (string | number)[] = arrived[name as keyof typeof arrived];
      const text = path.reduce<unknown>(
        (value, step) => (value as Record<string | number, unknown>)[step],
        sent(),
      );
      assert.ok(text === prompt, "the same text");
    });
  }

  it("carries odd characters there and back as they are", async () => {
    const { server, transcript, sent } = bench();
    server.serve(sse([piece(odd), piece("", "stop")], { split: "byte" }));
    const { answer } = await transcript(endpointAt(server.baseUrl), { messages: [userMessage(odd)] });
    assert.equal(answer, odd);
    assert.deepEqual(sent()["messages"], [{ role: "user", content: odd }]);
  });

  it("carries NULs and overrides that stand unescaped in a reply", async () => {
    const { server, transcript } = bench();
    const raw = '{"choices":[{"delta":{"content":"a\u202eb\u0085c\u2028d"},"finish_reason":"stop"}]}';
    server.serve(sse([raw, "{\0}"]));
    const { answer, findings, outcome } = await transcript(endpointAt(server.baseUrl));
    assert.equal(answer, "a\u202eb\u0085c\u2028d");
    assert.equal(outcome?.kind, "finished");
    assert.deepEqual(
      findings.map(({ code }) => code),
      ["http.malformed"],
    );
  });

  const long: readonly { readonly name: string; readonly size: number }[] = [
    { name: "a line of 1 MB", size: 1_000_000 },
    { name: "an event of 16 MB", size: 16_000_000 },
  ];
  for (const { name, size } of long) {
    it(`reads ${name}`, async () => {
      const { server, transcript } = bench();
      const text = "字x".repeat(size / 4);
      server.serve(sse([piece(text), piece("", "stop")]));
      const { answer, outcome } = await transcript(endpointAt(server.baseUrl));
      assert.ok(answer === text, "the same text");
      assert.equal(outcome?.kind, "finished");
    });
  }

  it("reads 100,000 tiny chunks, with their secrets removed as they come", async () => {
    const { server, events } = bench();
    const key = "sk-of-100000-chunks-4f2a";
    const text = `${"abcdefgh ".repeat(11_000)}${key} end`;
    const pieces = Array.from(text, (letter) => piece(letter));
    assert.ok(pieces.length > 98_000);
    server.serve(sse([...pieces, piece("", "stop")], { split: "once" }));
    const redactor = createRedactor();
    redactor.know(key);
    const cleaner = redactor.stream();
    let [answer, shown, chunks] = ["", "", 0];
    for await (const event of events(endpointAt(server.baseUrl))) {
      if (event.kind !== "answer") continue;
      chunks++;
      answer += event.text;
      shown += cleaner.push(event.text);
    }
    shown += cleaner.end();
    assert.equal(chunks, pieces.length);
    assert.ok(answer === text, "the same text");
    assert.ok(shown === text.replace(key, "•••"), "the same text without the key");
  });

  it("names a reply that never ends its line, and keeps the window's memory", async () => {
    const { server, transcript } = bench();
    server.serve(sse([{ raw: `data: ${"x".repeat(20_000_000)}` }], { done: "left-out" }));
    const { outcome, findings } = await transcript(endpointAt(server.baseUrl));
    assert.equal(outcome?.kind, "failed");
    const evidence = JSON.stringify(findings);
    assert.ok(evidence.length < 10_000, `${evidence.length} characters of evidence`);
  });
});
