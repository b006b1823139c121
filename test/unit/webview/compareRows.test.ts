import assert from "node:assert/strict";
import type { RunEnd } from "../../../src/shared/runPanel.ts";
import { type CompareRow, compareRows } from "../../../src/webview/run/compare/compareRows.ts";
import { comparisonText } from "../../../src/webview/run/compare/comparisonText.ts";
import { columnOf, measured, refused } from "../../page/support/runs.ts";

type Timings = NonNullable<RunEnd["timings"]>;

function finishedIn(timings: Partial<Timings>): RunEnd {
  return { state: "finished", timings: { endToEndMs: 1_000, ...timings } };
}

function rowsOf(...ends: readonly (RunEnd | undefined)[]): readonly CompareRow[] {
  const columns = ends.map((end, index) =>
    columnOf(`column-${index}`, `Endpoint ${index}`, "m", end === undefined ? {} : { end }),
  );
  return compareRows(columns, "en");
}

/** Values, the best with a star. */
function cellsOf(rows: readonly CompareRow[], id: CompareRow["id"]): readonly string[] | undefined {
  return rows
    .find((row) => row.id === id)
    ?.cells.map((cell) =>
      cell.kind === "value" ? `${cell.value}${cell.mark === "best" ? "*" : ""}` : cell.kind,
    );
}

describe("the figures of a comparison", () => {
  const marks = [
    { when: "the lowest is first", ends: [300, 100, 200], cells: ["300 ms", "100 ms*", "200 ms"] },
    { when: "two are level", ends: [100, 100, 200], cells: ["100 ms*", "100 ms*", "200 ms"] },
    { when: "all are level", ends: [100, 100], cells: ["100 ms", "100 ms"] },
    { when: "one is known", ends: [100, undefined], cells: ["100 ms", "missing"] },
  ] as const;
  for (const { when, ends, cells } of marks) {
    it(`mark the best time to the first token when ${when}`, () => {
      const all = ends.map((ttftMs) => finishedIn(ttftMs === undefined ? {} : { ttftMs }));
      assert.deepEqual(cellsOf(rowsOf(...all), "first-token"), cells);
    });
  }

  it("mark the highest rate and the lowest time per token", () => {
    const rows = rowsOf(
      finishedIn({ tokensPerSecond: 20, tpotMs: 50 }),
      finishedIn({ tokensPerSecond: 80, tpotMs: 12.5 }),
    );
    assert.deepEqual(cellsOf(rows, "tokens-per-second"), ["20.0", "80.0*"]);
    assert.deepEqual(cellsOf(rows, "time-per-token"), ["50.0 ms", "12.5 ms*"]);
  });

  it("mark none beside an estimate, and name the row for what was counted", () => {
    const rows = rowsOf(
      finishedIn({ ttftMs: 1, tokensPerSecond: 80, tpotMs: 12.5, estimated: true }),
      finishedIn({ ttftMs: 2, tokensPerSecond: 20, tpotMs: 50 }),
    );
    assert.deepEqual(cellsOf(rows, "tokens-per-second"), ["≈ 80.0", "20.0"]);
    assert.equal(rows.find(({ id }) => id === "tokens-per-second")?.name, "Tokens/s");
    assert.deepEqual(cellsOf(rows, "first-token"), ["1 ms*", "2 ms"]);
  });

  it("let nobody win who was stopped or failed, nor anybody while one still runs", () => {
    const slow = finishedIn({ ttftMs: 500 });
    const stopped: RunEnd = { state: "stopped", timings: { ttftMs: 1, endToEndMs: 2 } };
    assert.deepEqual(cellsOf(rowsOf(slow, stopped), "first-token"), ["500 ms", "1 ms"]);
    const rows = rowsOf(slow, finishedIn({ ttftMs: 1 }), undefined);
    assert.deepEqual(cellsOf(rows, "first-token"), ["500 ms", "1 ms", "running"]);
  });

  it("mark no count of tokens and no size: less is not better there", () => {
    const counted = (completionTokens: number, bytes: number): RunEnd => ({
      ...finishedIn({ bytes }),
      usage: { completionTokens, promptTokens: completionTokens },
    });
    const rows = rowsOf(counted(10, 1_000), counted(20, 2_000));
    assert.deepEqual(cellsOf(rows, "completion-tokens"), ["10", "20"]);
    assert.deepEqual(cellsOf(rows, "prompt-tokens"), ["10", "20"]);
    assert.deepEqual(cellsOf(rows, "bytes"), ["1,000", "2,000"]);
  });

  it("tell the first answer token of one that did not reason too", () => {
    const rows = rowsOf(
      finishedIn({ ttftMs: 100, firstAnswerMs: 900 }),
      finishedIn({ ttftMs: 200, firstAnswerMs: 200 }),
    );
    assert.deepEqual(cellsOf(rows, "first-answer-token"), ["900 ms", "200 ms*"]);
  });

  it("leave out what nobody has, and give every value its definition", () => {
    const rows = rowsOf(measured, { state: "failed" });
    assert.ok(!rows.some(({ id }) => id === "cached-tokens"));
    for (const { cells, definition } of rows) {
      assert.ok(definition.length > 10);
      assert.ok(cells.every((cell) => cell.kind !== "value" || cell.definition.length > 10));
    }
  });
});

describe("a comparison as text", () => {
  it("is a table with the answers below it, and no name breaks out of its cell", () => {
    const text = comparisonText(
      [
        columnOf("a", "A | B", "m\n1", { answer: "# Yes\n", end: finishedIn({ ttftMs: 5 }) }),
        columnOf("b", "C", "", { findings: [refused], end: { state: "failed" } }),
        columnOf("c", "D", "m", {
          toolCalls: [{ name: "now", argumentsText: "{}" }],
          end: finishedIn({ ttftMs: 9 }),
        }),
      ],
      "en",
    );
    assert.equal(
      text,
      `|  | A \\| B · m␊1 | C | D · m |
| --- | --- | --- | --- |
| State | Finished | Failed | Finished |
| First token | **5 ms** | – | 9 ms |
| Total time | 1.00 s | – | 1.00 s |

## A | B · m␊1

# Yes


## C

Nothing listens on port 30000

## D · m

- \`now\` {}
`,
    );
  });
});
