import assert from "node:assert/strict";

import { chat } from "../../../../../src/core/diagnosis/steps/chat.ts";
import { wireRequest } from "../../../../../src/core/diagnosis/steps/taskRequest.ts";
import type { Timeouts } from "../../../../../src/core/endpoint/timeouts.ts";
import { anEndpoint, aFault, aReply, aSubject } from "../../../../support/builders.ts";
import { delta, done } from "../../../../support/chatStreams.ts";
import { aMessage, type Answer, climbChat, refused } from "../../../../support/chatWorld.ts";
import type { Fields } from "../../../../support/scriptedModel.ts";

const pong = aMessage({ content: "pong" });
const needsStream = refused("parameter.enable_thinking must be set to false for non-streaming calls");

describe("the chat rung", () => {
  it("sends a minimal request, and passes with an answer", async () => {
    const { sent, codes, learned } = await climbChat(chat, () => pong);
    assert.deepEqual(sent, [
      { model: "Qwen3-8B", messages: [{ role: "user", content: "ping" }], max_tokens: 8 },
    ]);
    assert.deepEqual(codes, []);
    assert.deepEqual(learned?.chatHabits, { delivery: "whole", limit: "max_tokens", reasoning: "none" });
  });

  it("passes where eight tokens held nothing but thinking", async () => {
    const answer = aMessage({ content: null, reasoning_content: "Okay, the user" }, "length");
    const { codes, learned } = await climbChat(chat, () => answer);
    assert.deepEqual(codes, []);
    assert.equal(learned?.chatHabits?.reasoning, "seen");
  });

  it("asks for a stream where nothing else is allowed, and warns", async () => {
    const { sent, codes, learned } = await climbChat(chat, ({ stream }) =>
      stream === true
        ? { pieces: [delta({ content: null, reasoning_content: "用户" }), delta({}, "length"), done] }
        : needsStream,
    );
    assert.equal(sent.length, 2);
    assert.deepEqual(codes, [["request.thinking-needs-stream", "warning"]]);
    assert.deepEqual(learned?.chatHabits, { delivery: "stream", limit: "max_tokens", reasoning: "seen" });
  });

  it("fails with the stream's own fault where the stream breaks as well", async () => {
    const { codes, learned } = await climbChat(chat, ({ stream }) =>
      stream === true ? { pieces: [delta({ content: "po" })], fault: aFault("ECONNRESET") } : needsStream,
    );
    assert.deepEqual(codes, [
      ["stream.cut", "blocker"],
      ["request.thinking-needs-stream", "warning"],
    ]);
    assert.equal(learned, undefined);
  });

  const limits: readonly {
    readonly name: string;
    readonly answer: (request: Fields) => Answer;
    readonly limit: string | undefined;
  }[] = [
    {
      name: "max_completion_tokens, where the refusal names it",
      answer: ({ max_tokens: limit }) =>
        limit === undefined
          ? pong
          : refused(
              "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
            ),
      limit: "max_completion_tokens",
    },
    {
      name: "no limit, where both names are refused",
      answer: (request) =>
        "max_tokens" in request || "max_completion_tokens" in request
          ? refused("max_tokens and max_completion_tokens are not allowed")
          : pong,
      limit: undefined,
    },
    {
      name: "no limit, where the value is refused",
      answer: (request) => ("max_tokens" in request ? refused("max_tokens must be at least 16") : pong),
      limit: undefined,
    },
  ];
  for (const { name, answer, limit } of limits) {
    it(`asks again with ${name}, and notes it`, async () => {
      const { codes, learned } = await climbChat(chat, answer);
      assert.ok(codes.length > 0);
      assert.ok(codes.every(([code, severity]) => code === "request.max-tokens" && severity === "note"));
      assert.equal(learned?.chatHabits?.limit, limit);
    });
  }

  it("gives up after a handful of requests where everything is refused", async () => {
    const { sent, codes } = await climbChat(chat, () => refused("max_tokens, or max_completion_tokens"));
    assert.equal(sent.length, 3);
    assert.equal(codes[0]?.join(), "request.max-tokens,blocker");
  });

  it("names a refused extra_body", async () => {
    const { codes } = await climbChat(chat, () =>
      refused("Unrecognized request argument supplied: extra_body"),
    );
    assert.deepEqual(codes, [["request.extra-body", "blocker"]]);
  });

  it("finds http.malformed in JSON that is no completion", async () => {
    const { codes } = await climbChat(chat, () => aReply({ hello: "world" }));
    assert.deepEqual(codes, [["http.malformed", "blocker"]]);
  });

  const empties: readonly {
    readonly name: string;
    readonly answer: Answer;
    readonly codes: readonly string[];
  }[] = [
    { name: "no choice", answer: aReply({ choices: [] }), codes: ["http.malformed,blocker"] },
    {
      name: "usage without choices",
      answer: aReply({ choices: null, usage: { prompt_tokens: 9, completion_tokens: 1 } }),
      codes: ["http.malformed,blocker"],
    },
    {
      name: "a choice without a message",
      answer: aReply({ choices: [{ index: 0, finish_reason: "stop" }] }),
      codes: ["http.malformed,blocker"],
    },
    { name: "null as content", answer: aMessage({ content: null }), codes: ["http.malformed,warning"] },
    { name: "blank content", answer: aMessage({ content: "\n" }), codes: ["http.malformed,warning"] },
    {
      name: "content that the end of the tokens cut",
      answer: aMessage({ content: "" }, "length"),
      codes: [],
    },
    {
      name: "eight tokens used up, whatever the server calls the end",
      answer: aMessage({ content: "" }, "stop", { prompt_tokens: 9, completion_tokens: 8 }),
      codes: [],
    },
    {
      name: "thinking alone",
      answer: aMessage({ content: null, reasoning_content: "Hm" }),
      codes: [],
    },
    {
      name: "a tool call alone",
      answer: aMessage({ content: null, tool_calls: [{ function: { name: "f", arguments: "{}" } }] }),
      codes: [],
    },
    {
      name: "the text of a plain completion",
      answer: aReply({ choices: [{ text: "pong", finish_reason: "stop" }] }),
      codes: [],
    },
  ];
  for (const { name, answer, codes } of empties) {
    it(`finds ${codes.join(" and ") || "nothing wrong"} in a reply with ${name}`, async () => {
      assert.deepEqual((await climbChat(chat, () => answer)).codes.map(String), codes);
    });
  }

  const streamOnly: readonly {
    readonly name: string;
    readonly whole: Answer;
    readonly code: string;
  }[] = [
    {
      name: "says that it only streams",
      whole: refused("Non-streaming requests are not supported, set stream to true"),
      code: "request.",
    },
    {
      name: "says which mode it has",
      whole: refused("This model only support stream mode, please enable the stream parameter"),
      code: "request.",
    },
    { name: "says what stream must be", whole: refused("Stream must be set to true"), code: "request." },
    {
      name: "has a gateway that gives up (504)",
      whole: aReply("<html>504 Gateway Time-out</html>", { status: 504 }),
      code: "http.gateway",
    },
    {
      name: "has a gateway that finds no one (502)",
      whole: aReply("", { status: 502 }),
      code: "http.gateway",
    },
    {
      name: "is silent until the time is over",
      whole: { kind: "fault", fault: aFault("TIMEOUT", { phase: "headers", timer: "firstByte" }) },
      code: "http.timeout",
    },
  ];
  for (const { name, whole, code } of streamOnly) {
    const streams: Answer = { pieces: [delta({ content: "pong" }), delta({}, "stop"), done] };
    it(`streams, and warns, where an endpoint ${name} but streams well`, async () => {
      const { sent, codes, learned } = await climbChat(chat, ({ stream }) =>
        stream === true ? streams : whole,
      );
      assert.equal(sent.length, 2);
      assert.equal(codes.length, 1);
      assert.ok(codes[0]?.[0].startsWith(code), String(codes));
      assert.equal(codes[0]?.[1], "warning");
      assert.equal(learned?.chatHabits?.delivery, "stream");
    });
  }

  for (const { name, whole, code } of streamOnly.slice(3)) {
    const inVain: readonly Answer[] = [whole, { pieces: [done] }, refused("no such thing", 404)];
    it(`keeps the first blocker where an endpoint ${name} and does not stream either`, async () => {
      for (const streamed of inVain) {
        const { sent, codes, learned } = await climbChat(chat, ({ stream }) =>
          stream === true ? streamed : whole,
        );
        assert.equal(sent.length, 2);
        assert.deepEqual(codes, [[code, "blocker"]]);
        assert.equal(learned, undefined);
      }
    });
  }

  it("does not stream where the refusal is about something else", async () => {
    for (const message of ["streaming is not supported", "stream must be a boolean", "upstream refused"]) {
      assert.equal((await climbChat(chat, () => refused(message))).sent.length, 1, message);
    }
  });

  it("ends its requests in time, unless the endpoint has a limit of its own", () => {
    const timeouts = { connectMs: 1000, firstByteMs: 2000, idleMs: 3000 };
    const totalOf = (changes: Partial<Timeouts>): number | undefined =>
      wireRequest(
        { url: "http://127.0.0.1:8000/v1/chat/completions", body: {} },
        aSubject({ endpoint: anEndpoint({ timeouts: { ...timeouts, ...changes } }) }),
      ).timeouts.totalMs;
    assert.equal(totalOf({}), 123_000);
    assert.equal(totalOf({ idleMs: 600_000 }), 603_000);
    assert.equal(totalOf({ totalMs: 500 }), 500);
  });

  it("asks the generate protocol once, in its own words", async () => {
    const subject = { endpoint: anEndpoint({ protocol: "generate" }) };
    const { sent, codes } = await climbChat(chat, () => aReply({ generated_text: "pong" }), { subject });
    assert.deepEqual(sent, [{ prompt: "ping", max_tokens: 8 }]);
    assert.deepEqual(codes, []);
  });
});
