import assert from "node:assert/strict";

import { plainHabits } from "../../../../../src/core/diagnosis/chatHabits.ts";
import { tools } from "../../../../../src/core/diagnosis/steps/tools.ts";
import { anEndpoint, aReply } from "../../../../support/builders.ts";
import { delta, done } from "../../../../support/chatStreams.ts";
import { aMessage, type Answer, climbChat, refused } from "../../../../support/chatWorld.ts";
import type { Fields } from "../../../../support/scriptedModel.ts";

const calling = (argumentsText: string, finishReason = "tool_calls"): Answer =>
  aMessage(
    {
      content: null,
      tool_calls: [
        { id: "call_7", type: "function", function: { name: "get_time", arguments: argumentsText } },
      ],
    },
    finishReason,
  );
const call = calling('{"city": "Beijing"}');
const answered = aMessage({ content: "It is 09:30 in Beijing." });

function inTurn(first: Answer, second: Answer): () => Answer {
  let asked = 0;
  return () => (asked++ === 0 ? first : second);
}

describe("the tools rung", () => {
  it("sends the call and its result back, under the server's own id", async () => {
    const { sent, codes } = await climbChat(tools, inTurn(call, answered));
    assert.deepEqual(codes, []);
    assert.ok(!("tool_choice" in sent[0]!));
    const [, assistant, result] = sent[1]!["messages"] as readonly Fields[];
    assert.equal((assistant!["tool_calls"] as readonly Fields[])[0]?.["id"], "call_7");
    assert.deepEqual(result, { role: "tool", tool_call_id: "call_7", content: '{"time": "09:30"}' });
  });

  const cases: readonly {
    readonly name: string;
    readonly first: Answer;
    readonly second?: Answer;
    readonly requests: number;
    readonly codes: readonly string[];
  }[] = [
    {
      name: "vLLM started without its flags",
      first: refused(
        '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
      ),
      requests: 1,
      codes: ["request.tools-disabled,warning"],
    },
    {
      name: "llama.cpp without --jinja",
      first: refused("tools param requires --jinja flag", 500),
      requests: 1,
      codes: ["request.tools-disabled,warning"],
    },
    {
      name: "a refusal of tools in other words",
      first: refused("Unknown parameter: 'tools'."),
      requests: 1,
      codes: ["request.tools-disabled,warning"],
    },
    {
      name: "another refusal",
      first: refused("bad request"),
      requests: 1,
      codes: ["request.invalid,warning"],
    },
    {
      name: "a call written out in the text",
      first: aMessage({ content: '<tool_call>\n{"name": "get_time", "arguments": {}}\n</tool_call>' }),
      requests: 1,
      codes: ["request.tools-disabled,warning"],
    },
    {
      name: "text instead of a call",
      first: aMessage({ content: "I cannot know the time." }),
      requests: 1,
      codes: ["request.tools-disabled,note"],
    },
    {
      name: "thinking that used up the tokens",
      first: aMessage({ content: null, reasoning_content: "The user wants" }, "length"),
      requests: 1,
      codes: [],
    },
    {
      name: "arguments that are no JSON",
      first: calling("city=Beijing"),
      requests: 1,
      codes: ["http.malformed,warning"],
    },
    {
      name: "arguments that max_tokens cut",
      first: calling('{"city": "Bei', "length"),
      requests: 1,
      codes: [],
    },
    {
      name: "a refused result",
      first: call,
      second: refused("role 'tool' is not allowed"),
      requests: 2,
      codes: ["request.invalid,warning"],
    },
    {
      name: "silence after the result",
      first: call,
      second: aMessage({ content: "" }),
      requests: 2,
      codes: ["http.malformed,warning"],
    },
    { name: "another call after the result", first: call, second: call, requests: 2, codes: [] },
  ];
  for (const { name, first, second = answered, requests, codes } of cases) {
    it(`finds ${codes.join(" and ") || "nothing wrong"} with ${name}`, async () => {
      const climbed = await climbChat(tools, inTurn(first, second));
      assert.deepEqual(climbed.codes.map(String), codes);
      assert.equal(climbed.sent.length, requests);
    });
  }

  it("puts a streamed call together, and names it itself", async () => {
    const learned = { chatHabits: { ...plainHabits, delivery: "stream" as const } };
    const piece = (part: string): string =>
      delta({ tool_calls: [{ index: 0, function: { arguments: part } }] });
    const named = delta({
      tool_calls: [{ index: 0, id: "x", function: { name: "get_time", arguments: "" } }],
    });
    const pieces = [named, piece('{"city": '), piece('"Beijing"}'), delta({}, "tool_calls"), done];
    const second = { pieces: [delta({ content: "09:30" }), delta({}, "stop"), done] };
    const { sent, codes } = await climbChat(tools, inTurn({ pieces }, second), { learned });
    assert.deepEqual(codes, []);
    assert.match(JSON.stringify(sent[1]), /"id":"call00000".*"tool_call_id":"call00000"/);
  });

  const rooms = [
    {
      name: "turns thinking off where that is known to work",
      habits: { thinkingOff: { enable_thinking: false } },
      tokens: 128,
    },
    {
      name: "leaves room for thinking that cannot be turned off",
      habits: { reasoning: "seen" as const },
      tokens: 1024,
    },
    { name: "is short for a model that does not think", habits: {}, tokens: 128 },
  ];
  for (const { name, habits, tokens } of rooms) {
    it(name, async () => {
      const learned = { chatHabits: { ...plainHabits, ...habits } };
      const { sent } = await climbChat(tools, inTurn(call, answered), { learned });
      assert.equal(sent[0]!["max_tokens"], tokens);
      assert.equal(sent[0]!["enable_thinking"], "thinkingOff" in habits ? false : undefined);
    });
  }

  it("is skipped for the generate protocol", async () => {
    const subject = { endpoint: anEndpoint({ protocol: "generate" }) };
    const { status, sent, evidence } = await climbChat(tools, () => aReply({}), { subject });
    assert.deepEqual([status, sent, evidence], ["skipped", [], ["protocol: generate"]]);
  });
});
