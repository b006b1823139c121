import assert from "node:assert/strict";

import { stream } from "../../../../../src/core/diagnosis/steps/stream.ts";
import { anEndpoint, aFault, aReply } from "../../../../support/builders.ts";
import { delta, done } from "../../../../support/chatStreams.ts";
import { aMessage, type Answer, climbChat, type FakeStream, refused } from "../../../../support/chatWorld.ts";

const words = Array.from({ length: 12 }, (_, place) => delta({ content: `${place} ` }));
const end = `${delta({}, "stop")}${done}`;
const usage = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 12 } })}\n\n`;
/** A first piece after 900 ms, then one each 20 ms. */
const steady: FakeStream = { pieces: [...words, usage + end], waitsMs: [900, ...words.map(() => 20)] };

describe("the stream rung", () => {
  const cases: readonly {
    readonly name: string;
    readonly answer: Answer;
    readonly codes: readonly string[];
  }[] = [
    { name: "a stream that arrives word by word", answer: steady, codes: [] },
    {
      name: "an error in the middle",
      answer: {
        pieces: [words[0]!, 'data: {"error": {"message": "boom", "type": "x", "code": 500}}\n\n', done],
      },
      codes: ["stream.error-event,blocker"],
    },
    {
      name: "a full queue said in the stream, as SGLang does",
      answer: {
        pieces: [
          'data: {"error": {"object": "error", "message": "The request queue is full.", "code": 503}}\n\n',
          done,
        ],
      },
      codes: ["server.overloaded,warning"],
    },
    { name: "no [DONE]", answer: { pieces: [...words, delta({}, "stop")] }, codes: ["stream.no-done,note"] },
    { name: "a stream that just ends", answer: { pieces: words }, codes: ["stream.cut,blocker"] },
    {
      name: "a reset connection",
      answer: { pieces: words, fault: aFault("ECONNRESET") },
      codes: ["stream.cut,blocker"],
    },
    {
      name: "silence in the middle",
      answer: { pieces: words, fault: aFault("TIMEOUT", { timer: "idle", phase: "body" }) },
      codes: ["stream.stalled,blocker"],
    },
    {
      name: "one JSON document",
      answer: aMessage({ content: "1 2 3" }, "stop", { prompt_tokens: 9 }),
      codes: ["stream.plain-json,warning"],
    },
    {
      name: "a finish without a word",
      answer: { pieces: [delta({ role: "assistant", content: "" }), delta({}, "stop"), done] },
      codes: ["http.malformed,warning"],
    },
    {
      name: "tokens that ended before a word",
      answer: { pieces: [delta({ content: "" }), delta({}, "length"), done] },
      codes: [],
    },
    {
      name: "one JSON document without a choice",
      answer: aReply({ choices: [], usage: { prompt_tokens: 9 } }),
      codes: ["http.malformed,blocker"],
    },
    { name: "nothing but [DONE]", answer: { pieces: [done] }, codes: ["http.malformed,warning"] },
    { name: "a refusal", answer: refused("streaming is not supported"), codes: ["request.invalid,warning"] },
    {
      name: "a limit that the test itself has met",
      answer: refused("slow down", 429),
      codes: ["limit.rate,warning"],
    },
    {
      name: "all of it in one read, late",
      answer: { pieces: [words.join("") + usage + end], waitsMs: [900] },
      codes: ["stream.buffered,warning"],
    },
    {
      name: "all of it in one read, but early",
      answer: { pieces: [words.join("") + usage + end], waitsMs: [300] },
      codes: [],
    },
    {
      name: "a long prompt and then a fast server",
      answer: { pieces: [...words, usage + end], waitsMs: [900, ...words.map(() => 1)] },
      codes: [],
    },
    {
      name: "few words in one read",
      answer: { pieces: [words.slice(0, 5).join("") + usage + end], waitsMs: [900] },
      codes: [],
    },
    {
      name: "a burst in the middle of the wait",
      answer: { pieces: [words.join(""), usage + end], waitsMs: [900, 900] },
      codes: [],
    },
  ];
  for (const { name, answer, codes } of cases) {
    it(`finds ${codes.join(" and ") || "nothing wrong"} with ${name}`, async () => {
      const climbed = await climbChat(stream, () => answer);
      assert.deepEqual(climbed.codes.map(String), codes);
      assert.equal(climbed.sent[0]!["stream"], true);
      assert.ok(climbed.sent[0]!["stream_options"] === undefined);
    });
  }

  it("gives the figures as proof of a buffered stream", async () => {
    const { findings } = await climbChat(stream, () => ({
      pieces: [words.join("") + usage + end],
      waitsMs: [900],
    }));
    assert.deepEqual(findings[0]?.evidence, [
      "12 parts in 1 reads: first after 900 ms, last after 900 ms, end after 900 ms",
    ]);
  });

  it("asks for usage in a second request where the first brought none", async () => {
    const { sent, codes, evidence } = await climbChat(stream, ({ stream_options: options }) => ({
      pieces: [...words, options === undefined ? end : usage + end],
    }));
    assert.deepEqual(sent[1]?.["stream_options"], { include_usage: true });
    assert.deepEqual(codes, []);
    assert.equal(evidence.at(-1), "usage: with stream_options.include_usage");
  });

  it("takes no offence where stream_options is refused", async () => {
    const { sent, codes, evidence } = await climbChat(stream, ({ stream_options: options }) =>
      options === undefined
        ? { pieces: [...words, end] }
        : refused("stream_options: extra inputs are not permitted"),
    );
    assert.equal(sent.length, 2);
    assert.deepEqual(codes, []);
    assert.equal(evidence.at(-1), "usage: none, stream_options.include_usage → 400");
  });

  it("remembers thinking that it saw", async () => {
    const pieces = [delta({ reasoning_content: "Okay" }), usage + end];
    const { learned } = await climbChat(stream, () => ({ pieces }));
    assert.equal(learned?.chatHabits?.reasoning, "seen");
  });

  it("is skipped for the generate protocol", async () => {
    const subject = { endpoint: anEndpoint({ protocol: "generate" }) };
    const { status, sent, evidence } = await climbChat(stream, () => aReply({}), { subject });
    assert.deepEqual([status, sent, evidence], ["skipped", [], ["protocol: generate"]]);
  });
});
