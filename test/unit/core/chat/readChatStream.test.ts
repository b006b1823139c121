import assert from "node:assert/strict";

import fc from "fast-check";

import { readChatStream } from "../../../../src/core/chat/readChatStream.ts";
import type { StreamEvent } from "../../../../src/core/chat/streamEvent.ts";
import { emptyTranscript, foldEvent, type Transcript } from "../../../../src/core/chat/transcript.ts";
import type { NetworkFault } from "../../../../src/core/ports.ts";
import { aBody, aFault, asked, aStreamReply } from "../../../support/builders.ts";
import {
  chatStreams,
  delta,
  done,
  encode,
  type Expected,
  hello,
  text,
} from "../../../support/chatStreams.ts";
import { laneStreams } from "../../../support/laneStreams.ts";

const allStreams = [...chatStreams, ...laneStreams];

/** All events of a body that arrives in these pieces. */
async function read(
  pieces: readonly (Uint8Array | string)[],
  type: string = "text/event-stream",
  fault?: NetworkFault,
): Promise<readonly StreamEvent[]> {
  const events: StreamEvent[] = [];
  const reply = aStreamReply(aBody(pieces, fault), { headers: { "content-type": type } });
  for await (const event of readChatStream(reply, asked())) {
    events.push(event);
  }
  return events;
}

/** What the events add up to, without their times, which differ from run to run. */
function fold(events: readonly StreamEvent[]): Transcript {
  assert.equal(events.filter(({ kind }) => kind === "ended").length, 1, "exactly one `ended`");
  assert.equal(events.at(-1)?.kind, "ended", "`ended` comes last");
  return events.reduce<Transcript>((before, event) => foldEvent(before, event, 0), emptyTranscript);
}

const codesOf = (transcript: Transcript): readonly string[] => transcript.findings.map(({ code }) => code);

function summary(transcript: Transcript): Required<Expected> {
  const { answer, reasoning, outcome, usage = {}, toolCalls: calls } = transcript;
  const end = outcome?.kind === "finished" ? outcome.finishReason : (outcome?.kind ?? "");
  return { answer, reasoning, end, codes: codesOf(transcript), usage, calls };
}

const nothing = { answer: "", reasoning: "", codes: [], usage: {}, calls: [] };

describe("readChatStream", () => {
  for (const { name, bytes, type, expected } of allStreams) {
    it(`reads ${name}, wherever the bytes are split`, async () => {
      const whole = fold(await read([bytes], type));
      assert.deepEqual(summary(whole), { ...nothing, ...expected });
      for (let index = 1; index < bytes.length; index++) {
        const split = fold(await read([bytes.slice(0, index), bytes.slice(index)], type));
        assert.deepEqual(split, whole, `split at ${index}`);
      }
      const byByte = fold(
        await read(
          Array.from(bytes, (byte) => new Uint8Array([byte])),
          type,
        ),
      );
      assert.deepEqual(byByte, whole, "byte by byte");
    });
  }

  it("reads the same whatever the pieces (property)", async () => {
    const stream = fc.constantFrom(...allStreams);
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(stream, cuts, async ({ bytes, type }, shares) => {
        const places = shares.map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b);
        const pieces = [...places, bytes.length].map((end, index) =>
          bytes.slice(index === 0 ? 0 : places[index - 1], end),
        );
        assert.deepEqual(fold(await read(pieces, type)), fold(await read([bytes], type)));
      }),
      { numRuns: 300 },
    );
  });

  it("ends exactly once whatever bytes come (property)", async () => {
    const type = fc.constantFrom("text/event-stream", "application/json", "text/html", "");
    const junk = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json().map((json) => `data: ${json}\n\n`),
      fc.json(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(junk, { maxLength: 5 }), type, async (pieces, contentType) => {
        fold(await read(pieces, contentType));
      }),
      { numRuns: 300 },
    );
  });

  it("adds up the deltas of a tool call", async () => {
    const events = await read([
      delta({ tool_calls: [{ index: 0, function: { name: "find", arguments: "" } }] }),
      delta({ tool_calls: [{ index: 0, function: { arguments: '{"q":' } }] }),
      delta({ tool_calls: [{ index: 1, function: { name: "open", arguments: "{}" } }] }),
      delta({ tool_calls: [{ index: 0, function: { arguments: "1}" } }] }),
      done,
    ]);
    assert.deepEqual(fold(events).toolCalls, [
      { name: "find", argumentsText: '{"q":1}' },
      { name: "open", argumentsText: "{}" },
    ]);
  });

  it("keeps the tool calls of a plain reply apart, which have no index", async () => {
    const call = (name: string) => ({ id: name, type: "function", function: { name, arguments: "{}" } });
    const body = { choices: [{ message: { content: null, tool_calls: [call("find"), call("open")] } }] };
    const transcript = fold(await read([JSON.stringify(body)], "application/json"));
    assert.deepEqual(
      transcript.toolCalls.map(({ name }) => name),
      ["find", "open"],
    );
  });

  it("reads a line of 10 MB", async () => {
    const long = "x".repeat(10 * 1024 * 1024);
    const bytes = encode(delta({ content: long }) + done);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, index) =>
      bytes.slice(index * 65_536, (index + 1) * 65_536),
    );
    const transcript = fold(await read(pieces));
    assert.equal(transcript.answer.length, long.length);
    assert.equal(transcript.outcome?.kind, "finished");
  });

  it("reads no more of a plain reply than could be an answer", async () => {
    let pieces = 0;
    const piece = encode("x".repeat(1024 * 1024));
    const body = {
      fault: () => undefined,
      async *[Symbol.asyncIterator]() {
        for (; pieces < 64; pieces++) {
          yield await Promise.resolve(piece);
        }
      },
    };
    const reply = aStreamReply(body, { headers: { "content-type": "text/plain" } });
    const events: StreamEvent[] = [];
    for await (const event of readChatStream(reply, asked())) {
      events.push(event);
    }
    assert.deepEqual([fold(events).outcome?.kind, pieces], ["failed", 16]);
  });

  it("gives up on nesting without end, without throwing", async () => {
    const deep = `${'{"error":'.repeat(200_000)}1${"}".repeat(200_000)}`;
    const transcript = fold(await read([`data: ${deep}\n\n`]));
    assert.deepEqual(codesOf(transcript), ["stream.error-event"]);
  });

  describe("when the network breaks in the middle", () => {
    const halfEvent = [delta({ content: "Hel" }), 'data: {"choices":[{"delta":{"content":"lost"'];
    const faults: readonly {
      readonly name: string;
      readonly fault: NetworkFault;
      readonly pieces?: readonly string[];
      readonly expected: Expected;
    }[] = [
      {
        name: "stopped when it was cancelled",
        fault: aFault("ABORTED", { phase: "body" }),
        expected: { answer: "Hel", end: "stopped" },
      },
      {
        name: "stopped, not finished, when it was cancelled between its last word and its end",
        fault: aFault("ABORTED", { phase: "body" }),
        pieces: [hello],
        expected: { answer: text, end: "stopped" },
      },
      {
        name: "stopped, not failed, when it was cancelled behind a status in a comment",
        fault: aFault("ABORTED", { phase: "body" }),
        pieces: [":HTTP_STATUS/429\n"],
        expected: { end: "stopped" },
      },
      {
        name: "cut after a reset",
        fault: aFault("ECONNRESET", { phase: "body" }),
        expected: { answer: "Hel", end: "failed", codes: ["stream.cut"] },
      },
      {
        name: "stalled after a long silence",
        fault: aFault("TIMEOUT", { phase: "body", timer: "idle" }),
        expected: { answer: "Hel", end: "failed", codes: ["stream.stalled"] },
      },
      {
        name: "stalled where keep-alives alone went on to the limit of the whole",
        fault: aFault("TIMEOUT", { phase: "body", timer: "total" }),
        pieces: [delta({ content: "Hel" }), ": ping\n\n", delta({ content: "" })],
        expected: { answer: "Hel", end: "failed", codes: ["stream.stalled"] },
      },
      {
        name: "cut, not stalled, where text came until the limit of the whole",
        fault: aFault("TIMEOUT", { phase: "body", timer: "total" }),
        pieces: [": ping\n\n", delta({ content: "Hel" })],
        expected: { answer: "Hel", end: "failed", codes: ["stream.cut"] },
      },
    ];
    for (const { name, fault, pieces = halfEvent, expected } of faults) {
      it(`is ${name}, and keeps what had come`, async () => {
        const transcript = fold(await read(pieces, "text/event-stream", fault));
        assert.deepEqual(summary(transcript), { ...nothing, ...expected });
      });
    }

    it("is stopped, not failed, when a plain reply is cancelled", async () => {
      const fault = aFault("ABORTED", { phase: "body" });
      const transcript = fold(await read(['{"choices":'], "application/json", fault));
      assert.deepEqual(transcript.outcome, { kind: "stopped" });
    });

    it("is stopped when it is cancelled before the first byte", async () => {
      const transcript = fold(await read([], "text/event-stream", aFault("ABORTED", { phase: "body" })));
      assert.deepEqual(transcript.outcome, { kind: "stopped" });
    });

    it("is truncated when a plain reply is cut", async () => {
      const fault = aFault("ECONNRESET", { phase: "body" });
      assert.deepEqual(codesOf(fold(await read(['{"choices":'], "application/json", fault))), [
        "http.truncated",
      ]);
    });

    it("is finished when only the closing mark was lost", async () => {
      const transcript = fold(
        await read([hello], "text/event-stream", aFault("ECONNRESET", { phase: "body" })),
      );
      assert.deepEqual(summary(transcript), {
        ...nothing,
        answer: text,
        end: "stop",
        codes: ["stream.no-done"],
      });
    });
  });

  for (const type of ["text/event-stream", "text/plain"]) {
    it(`lets go of the body once ${type} has said how it ends`, async () => {
      let released = 0;
      let waited = 0;
      const body = {
        fault: () => undefined,
        async *[Symbol.asyncIterator]() {
          try {
            yield await Promise.resolve(encode(delta({ content: "A" })));
            yield encode(done);
            waited++;
            yield encode(": the server keeps the connection open\n\n");
          } finally {
            released++;
          }
        },
      };
      const reply = aStreamReply(body, { headers: { "content-type": type } });
      const events: StreamEvent[] = [];
      for await (const event of readChatStream(reply, asked())) {
        events.push(event);
      }
      assert.equal(fold(events).outcome?.kind, "finished");
      assert.deepEqual([released, waited], [1, 0]);
    });

    it(`lets go of the body when the reader of ${type} leaves`, async () => {
      let released = 0;
      const body = {
        fault: () => undefined,
        async *[Symbol.asyncIterator]() {
          try {
            yield await Promise.resolve(encode(delta({ content: "A" })));
            yield encode(delta({ content: "B" }));
          } finally {
            released++;
          }
        },
      };
      const reply = aStreamReply(body, { headers: { "content-type": type } });
      for await (const event of readChatStream(reply, asked())) {
        assert.equal(event.kind, "answer");
        break;
      }
      assert.equal(released, 1);
    });
  }
});
