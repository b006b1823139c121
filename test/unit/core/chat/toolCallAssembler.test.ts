import assert from "node:assert/strict";

import fc from "fast-check";

import { readChunk } from "../../../../src/core/chat/chatChunk.ts";
import { createToolCallAssembler } from "../../../../src/core/chat/toolCallAssembler.ts";
import { addToolCall, type ToolCall } from "../../../../src/core/chat/transcript.ts";

type Wire = Readonly<Record<string, unknown>>;

/** The calls of a stream whose chunks hold these `tool_calls` each. */
function callsOf(chunks: readonly (readonly Wire[])[], field = "tool_calls"): readonly ToolCall[] {
  const assembler = createToolCallAssembler();
  return chunks
    .flatMap((calls) => readChunk({ choices: [{ delta: { [field]: calls } }] })?.toolCalls ?? [])
    .map((delta) => assembler.add(delta))
    .reduce(addToolCall, []);
}

const made = (name: string, args: unknown): Wire => ({ function: { name, arguments: args } });
const argued = (args: string): Wire => ({ function: { arguments: args } });

interface Dialect {
  readonly order: "in turns" | "one after the other";
  readonly ids: "sent" | "missing";
  deltas(call: ToolCall, place: number, cutAt: readonly number[]): readonly Wire[];
}

/** How the pieces of a call are dressed; the name comes whole with the first one, or in pieces before the arguments. */
const dressed =
  (dress: (call: ToolCall, place: number, part: number) => Wire, naming: "first" | "always" | "pieces") =>
  (call: ToolCall, place: number, cutAt: readonly number[]): readonly Wire[] => {
    const named = naming === "pieces" ? cut(call.name, [5]).map((name) => ({ name, arguments: "" })) : [];
    const args = cut(call.argumentsText, cutAt).map((text, part) => {
      const isNamed = naming === "always" || (naming === "first" && part === 0);
      return { ...(isNamed ? { name: call.name } : {}), arguments: text };
    });
    return [...named, ...args].map((fields, part) => ({ ...dress(call, place, part), function: fields }));
  };

const first = (part: number, fields: Wire): Wire => (part === 0 ? fields : {});

const dialects: Readonly<Record<string, Dialect>> = {
  "index and first id (OpenAI)": {
    order: "in turns",
    ids: "sent",
    deltas: dressed((call, place, part) => ({ index: place, ...first(part, { id: call.id }) }), "first"),
  },
  "index from 1, id and name in every delta": {
    order: "in turns",
    ids: "sent",
    deltas: dressed((call, place) => ({ index: place + 1, id: call.id }), "always"),
  },
  "index without any id, name in pieces": {
    order: "in turns",
    ids: "missing",
    deltas: dressed((_call, place) => ({ index: place, id: null }), "pieces"),
  },
  "a made-up id in every delta but the right index": {
    order: "in turns",
    ids: "sent",
    deltas: dressed(
      (call, place, part) => ({ index: place, id: part === 0 ? call.id : `x${place}-${part}` }),
      "first",
    ),
  },
  "no index, id in every delta": {
    order: "in turns",
    ids: "sent",
    deltas: dressed((call) => ({ index: null, id: call.id }), "always"),
  },
  "the index 0 always, id in every delta, name in pieces": {
    order: "in turns",
    ids: "sent",
    deltas: dressed((call) => ({ index: 0, id: call.id }), "pieces"),
  },
  "the index 0 always, first id": {
    order: "one after the other",
    ids: "sent",
    deltas: dressed((call, _place, part) => ({ index: 0, ...first(part, { id: call.id }) }), "first"),
  },
  "no index, first id, name in pieces": {
    order: "one after the other",
    ids: "sent",
    deltas: dressed((call, _place, part) => first(part, { id: call.id }), "pieces"),
  },
  "neither index nor id, first name": {
    order: "one after the other",
    ids: "missing",
    deltas: dressed(() => ({}), "first"),
  },
  "neither index nor id, name in every delta": {
    order: "one after the other",
    ids: "missing",
    deltas: dressed(() => ({ index: null, id: "" }), "always"),
  },
};

/** At these shares of its length; pieces may be empty. */
function cut(text: string, shares: readonly number[]): readonly string[] {
  const places = shares.map((share) => Math.floor((share * text.length) / 10)).sort((a, b) => a - b);
  return [...places, text.length].map((end, index) => text.slice(index === 0 ? 0 : places[index - 1], end));
}

/** Each list in its own order; whose turn it is, the stream says. */
function inTurns(pieces: readonly (readonly Wire[])[], turns: Iterator<boolean>): readonly Wire[] {
  const [a = [], b = []] = pieces.map((list) => [...list]);
  const order = [a.shift(), b.shift()];
  while (a.length + b.length > 0) {
    const isFirst = turns.next().value === true;
    order.push((isFirst ? a : b).shift() ?? (isFirst ? b : a).shift());
  }
  return order.flatMap((delta) => (delta === undefined ? [] : [delta]));
}

const someArguments = fc
  .dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 })
  .map((value) => JSON.stringify(value));
// Of names that are each other's start, a piece could be the whole one.
const twoNames = fc.constantFrom(["find", "open"], ["get_weather", "search"], ["find", "find"]);
const twoCalls = fc.tuple(twoNames, someArguments, someArguments).map(([names, one, two]) => [
  { id: "c1", name: names[0], argumentsText: one },
  { id: "c2", name: names[1], argumentsText: two },
]);
const cuts = fc.tuple(
  fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 6 }),
  fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 6 }),
);

describe("createToolCallAssembler", () => {
  const find = { id: "c1", name: "find", argumentsText: '{"q":1}' };
  const open = { id: "c2", name: "open", argumentsText: '{"p":2}' };
  const nameless = ({ name, argumentsText }: ToolCall): ToolCall => ({ name, argumentsText });
  const cases: readonly {
    readonly name: string;
    readonly chunks: readonly (readonly Wire[])[];
    readonly calls: readonly ToolCall[];
  }[] = [
    {
      name: "OpenAI's form",
      chunks: [
        [{ index: 0, id: "c1", type: "function", ...made("find", "") }],
        [{ index: 0, ...argued('{"q"') }],
        [{ index: 1, id: "c2", ...made("open", "") }],
        [{ index: 1, ...argued('{"p":2}') }],
        [{ index: 0, ...argued(":1}") }],
      ],
      calls: [find, open],
    },
    {
      name: "indexes that begin at 1",
      chunks: [
        [{ index: 1, id: "c1", ...made("find", '{"q":1}') }],
        [{ index: 2, id: "c2", ...made("open", '{"p":2}') }],
      ],
      calls: [find, open],
    },
    {
      name: "the index 0 for both, each with its id",
      chunks: [
        [{ index: 0, id: "c1", ...made("find", "") }],
        [{ index: 0, ...argued('{"q":1}') }],
        [{ index: 0, id: "c2", ...made("open", "") }],
        [{ index: 0, ...argued('{"p":2}') }],
      ],
      calls: [find, open],
    },
    {
      name: "the index 0 for both and no id at all",
      chunks: [
        [{ index: 0, ...made("find", '{"q":1}') }],
        [{ index: 0, ...made("open", "") }],
        [{ index: 0, ...argued('{"p":2}') }],
      ],
      calls: [nameless(find), nameless(open)],
    },
    {
      name: "a null index, and ids in the first deltas alone",
      chunks: [
        [{ index: null, id: "c1", ...made("find", "") }],
        [{ index: null, id: null, ...argued('{"q":1}') }],
        [{ index: null, id: "c2", ...made("open", '{"p"') }],
        [{ index: null, id: "", ...argued(":2}") }],
      ],
      calls: [find, open],
    },
    {
      name: "no index, and the id in every delta, in turns",
      chunks: [
        [{ id: "c1", ...made("find", "") }],
        [{ id: "c2", ...made("open", "{") }],
        [{ id: "c1", ...argued('{"q":1}') }],
        [{ id: "c2", ...argued('"p":2}') }],
      ],
      calls: [find, open],
    },
    {
      name: "a new id in every delta, as SGLang 0.4 made them up",
      chunks: [
        [{ index: 0, id: "c1", ...made("find", "") }],
        [{ index: 0, id: "x1", function: { name: null, arguments: '{"q":' } }],
        [{ index: 0, id: "x2", function: { name: null, arguments: "1}" } }],
        [{ index: 1, id: "c2", ...made("open", "") }],
        [{ index: 1, id: "x3", function: { name: null, arguments: '{"p":2}' } }],
      ],
      calls: [find, open],
    },
    {
      name: "the function's name as the id of two calls",
      chunks: [
        [{ index: 0, id: "find", ...made("find", '{"q":1}') }],
        [{ index: 1, id: "find", ...made("find", '{"q":2}') }],
      ],
      calls: [
        { id: "find", name: "find", argumentsText: '{"q":1}' },
        { id: "find", name: "find", argumentsText: '{"q":2}' },
      ],
    },
    {
      name: "the whole name in every delta",
      chunks: [
        [{ index: 0, id: "c1", ...made("find", '{"q"') }],
        [{ index: 0, id: "c1", ...made("find", ":1}") }],
        [{ index: 0, id: "c1", ...made("find", "") }],
      ],
      calls: [find],
    },
    {
      name: "a name in pieces",
      chunks: [[{ index: 0, id: "c1", ...made("fi", "") }], [{ index: 0, ...made("nd", '{"q":1}') }]],
      calls: [find],
    },
    {
      name: "the same function twice, with nothing to tell the calls apart but their arguments",
      chunks: [[made("find", '{"q":1}')], [made("find", "")], [argued('{"q":')], [argued("2}")]],
      calls: [nameless(find), { name: "find", argumentsText: '{"q":2}' }],
    },
    {
      name: "arguments as an object",
      chunks: [
        [
          { id: "c1", ...made("find", { q: 1 }) },
          { id: "c2", ...made("open", { p: 2 }) },
        ],
      ],
      calls: [find, open],
    },
    {
      name: "two whole calls in one chunk, without index and id",
      chunks: [[made("find", '{"q":1}'), made("find", '{"q":2}')]],
      calls: [nameless(find), { name: "find", argumentsText: '{"q":2}' }],
    },
    {
      name: "an id that comes late",
      chunks: [[{ index: 0, ...made("find", "") }], [{ index: 0, id: "c1", ...argued('{"q":1}') }]],
      calls: [find],
    },
    { name: "junk", chunks: [["x" as never, null as never, {}]], calls: [{ name: "", argumentsText: "" }] },
  ];
  for (const { name, chunks, calls } of cases) {
    it(`reads ${name}`, () => assert.deepEqual(callsOf(chunks), calls));
  }

  it("reads OpenAI's older function_call", () => {
    const assembler = createToolCallAssembler();
    const calls = [{ name: "find", arguments: "" }, { arguments: '{"q"' }, { arguments: ":1}" }]
      .flatMap((call) => readChunk({ choices: [{ delta: { function_call: call } }] })?.toolCalls ?? [])
      .map((delta) => assembler.add(delta))
      .reduce(addToolCall, []);
    assert.deepEqual(calls, [nameless(find)]);
  });

  describe("gives the same two calls however they are cut (property)", () => {
    for (const [name, dialect] of Object.entries(dialects)) {
      it(name, () => {
        fc.assert(
          fc.property(twoCalls, cuts, fc.infiniteStream(fc.boolean()), (calls, places, turns) => {
            const pieces = calls.map((call, place) => dialect.deltas(call, place, places[place] ?? []));
            const order = dialect.order === "in turns" ? inTurns(pieces, turns) : pieces.flat();
            const expected = dialect.ids === "sent" ? calls : calls.map(nameless);
            assert.deepEqual(callsOf(order.map((delta) => [delta])), expected);
          }),
          { numRuns: 500 },
        );
      });
    }
  });
});
