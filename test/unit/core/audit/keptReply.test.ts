import assert from "node:assert/strict";
import { cutContent, keepReply, keptCharacters } from "../../../../src/core/audit/keptReply.ts";

const events = { "content-type": "text/event-stream" };
const chunk = (delta: object): string => `data: ${JSON.stringify({ choices: [{ delta }] })}\n\n`;

function kept(
  pieces: readonly (string | Uint8Array)[],
  headers: Readonly<Record<string, string>> = events,
): string {
  const reply = keepReply(headers);
  for (const piece of pieces) reply.add(typeof piece === "string" ? Buffer.from(piece) : piece);
  return reply.text();
}

describe("keepReply", () => {
  it("puts the text of a stream together, so that nothing in it is split over chunks", () => {
    const stream = ["s", "k-", "se", "cret"].map((content) => chunk({ content }));
    assert.equal(kept([...stream, "data: [DONE]\n\n"]), "sk-secret");
  });

  it("puts reasoning, answer and a tool's arguments together, each by itself", () => {
    const stream = [
      chunk({ reasoning_content: "let " }),
      chunk({ reasoning: "me" }),
      chunk({ content: "4" }),
      chunk({ content: "2" }),
      chunk({ tool_calls: [{ index: 0, function: { name: "add", arguments: "" } }] }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: '{"a":' } }] }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: "1}" } }] }),
    ];
    assert.equal(kept(stream), 'let me\n\n42\n\nadd{"a":1}');
  });

  it("gives the same for every split of the bytes", () => {
    const bytes = Buffer.from(chunk({ content: "语言" }) + chunk({ content: "模型" }));
    for (let at = 0; at <= bytes.length; at++) {
      assert.equal(kept([bytes.subarray(0, at), bytes.subarray(at)]), "语言模型", `split at ${at}`);
    }
  });

  it("keeps what is no stream as it came, and the error that a stream holds", () => {
    const json = '{"choices":[]}';
    assert.equal(kept([json], { "content-type": "application/json" }), json);
    assert.equal(kept(['data: {"error":{"message":"full"}}\n\n']), '{"error":{"message":"full"}}');
  });

  it("stops reading when it has enough, and marks the cut", () => {
    const reply = keepReply(events);
    const piece = Buffer.from(chunk({ content: "x".repeat(1000) }));
    for (let count = 0; count < 10_000; count++) reply.add(piece);
    assert.equal(reply.text().length, keptCharacters + 1);
    assert.ok(reply.text().endsWith("x…"));
  });

  it("does not gather a line that never ends", () => {
    const reply = keepReply(events);
    const piece = Buffer.from("data: ");
    const endless = Buffer.alloc(64 * 1024, "x");
    reply.add(piece);
    for (let count = 0; count < 200; count++) reply.add(endless);
    assert.equal(reply.text(), "");
  });
});

describe("cutContent", () => {
  it("leaves alone what fits", () => {
    assert.equal(cutContent("x".repeat(keptCharacters)).length, keptCharacters);
  });
});
