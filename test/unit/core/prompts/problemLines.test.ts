import assert from "node:assert/strict";

import { type FileProblem, problemLines } from "../../../../src/core/prompts/problemLines.ts";

const problem = (more: Partial<FileProblem> = {}): FileProblem => ({
  line: 12,
  column: 5,
  severity: "error",
  message: "undefined name x",
  ...more,
});

describe("problemLines", () => {
  it("says in words that there are none", () => assert.equal(problemLines([]), "no problems"));

  it("says where, how grave, what, and who says so", () => {
    assert.equal(problemLines([problem()]), "12:5 error undefined name x");
    assert.equal(problemLines([problem({ source: "ruff" })]), "12:5 error undefined name x (ruff)");
    assert.equal(
      problemLines([problem({ source: "ruff", code: "F821", severity: "warning" })]),
      "12:5 warning undefined name x (ruff F821)",
    );
  });

  it("leaves out a source or a code that is empty, and white space around what is said", () => {
    assert.equal(
      problemLines([problem({ source: "", code: "F821", message: " undefined\n" })]),
      "12:5 error undefined (F821)",
    );
    assert.equal(problemLines([problem({ source: "ruff", code: "" })]), "12:5 error undefined name x (ruff)");
  });

  it("puts a message of several lines on one", () => {
    assert.equal(
      problemLines([problem({ message: "Type\n  'a'\r\n\tis not 'b'" })]),
      "12:5 error Type 'a' is not 'b'",
    );
  });

  it("puts the gravest first, then by place", () => {
    const lines = problemLines([
      problem({ severity: "hint", line: 1 }),
      problem({ line: 9, column: 2 }),
      problem({ line: 3, column: 40 }),
      problem({ severity: "warning", line: 2 }),
      problem({ line: 9, column: 1 }),
    ]).split("\n");
    assert.deepEqual(
      lines.map((line) => line.split(" ").slice(0, 2).join(" ")),
      ["3:40 error", "9:1 error", "9:2 error", "2:5 warning", "1:5 hint"],
    );
  });

  it("knows all four, in their order", () => {
    const severities = ["hint", "information", "warning", "error"] as const;
    const lines = problemLines(severities.map((severity) => problem({ severity }))).split("\n");
    assert.deepEqual(
      lines.map((line) => line.split(" ")[1]),
      ["error", "warning", "information", "hint"],
    );
  });

  it("leaves out a long one behind others, and none of those", () => {
    const text = problemLines([problem(), problem({ line: 13, message: "x".repeat(9_000) })]);
    assert.equal(text, "12:5 error undefined name x\n… and 1 more");
  });

  it("lists at most 50, and says how many more there are", () => {
    const lines = problemLines(Array.from({ length: 70 }, (_, line) => problem({ line }))).split("\n");
    assert.equal(lines.length, 51);
    assert.equal(lines[50], "… and 20 more");
  });

  it("takes at most 8 KB, counted in bytes", () => {
    const text = problemLines(Array.from({ length: 50 }, () => problem({ message: "错".repeat(300) })));
    assert.ok(Buffer.byteLength(text) <= 8 * 1024 + 40, `${Buffer.byteLength(text)} bytes`);
    assert.match(text, /… and \d+ more$/);
  });

  it("cuts a message that alone is too long", () => {
    const text = problemLines([problem({ message: "错".repeat(100_000) }), problem()]);
    assert.ok(Buffer.byteLength(text) <= 8 * 1024 + 40);
    assert.match(text, /^12:5 error 错+…\n… and 1 more$/);
  });
});
