import assert from "node:assert/strict";
import { barsOf } from "../../../src/webview/run/barsOf.ts";
import { evidenceLine } from "../../../src/webview/run/evidenceLine.ts";
import { formatComponent, formatDuration } from "../../../src/webview/parts/format.ts";
import { metricsOf } from "../../../src/webview/run/metricsOf.ts";
import { paceMetrics } from "../../../src/webview/run/paceMetrics.ts";
import { announcementOf, phaseOf } from "../../../src/webview/run/phase.ts";
import { visibleId, visibleText } from "../../../src/core/visible.ts";
import { isWebLink } from "../../../src/webview/webLink.ts";
import { finished, ladderOf, measured, refused, runOf, vector } from "../../page/support/runs.ts";

describe("text from the wire", () => {
  const rows = [
    { from: "a\0b\x1b[31m\x7f", text: "a␀b␛[31m␡", id: "a␀b␛[31m␡" },
    { from: "evil\u202Etxt.exe", text: "evil[U+202E]txt.exe", id: "evil[U+202E]txt.exe" },
    { from: "\u2066x\u2069", text: "[U+2066]x[U+2069]", id: "[U+2066]x[U+2069]" },
    { from: "two\nlines\tand\r", text: "two\nlines\tand␍", id: "two␊lines␉and␍" },
    { from: "zero\u200Bwidth\uFEFF", text: "zero\u200Bwidth\uFEFF", id: "zero[U+200B]width[U+FEFF]" },
    { from: "mark\u200F", text: "mark\u200F", id: "mark[U+200F]" },
    { from: "half \uD83D pair", text: "half \uD83D pair", id: "half [U+D83D] pair" },
    { from: "whole 😀 通义 مرحبا", text: "whole 😀 通义 مرحبا", id: "whole 😀 通义 مرحبا" },
  ];
  for (const { from, text, id } of rows) {
    it(`shows ${JSON.stringify(from)} so that nothing hides in it`, () => {
      assert.equal(visibleText(from), text);
      assert.equal(visibleId(from), id);
    });
  }

  it("is cut when a line of evidence holds a whole reply", () => {
    assert.equal(evidenceLine("short"), "short");
    assert.match(evidenceLine("x".repeat(1_000_000)), /^x{4000} … and 996000 more characters$/);
  });
});

describe("durations", () => {
  const rows = [
    [0, "< 1 ms"],
    [1, "1 ms"],
    [999.4, "999 ms"],
    [999.6, "1.00 s"],
    [8_420, "8.42 s"],
    [59_949, "59.9 s"],
    [59_950, "1 min 0 s"],
    [3_723_000, "62 min 3 s"],
  ] as const;
  for (const [ms, text] of rows) {
    it(`${ms} ms is ${text}`, () => assert.equal(formatDuration(ms, "en"), text));
  }
});

describe("components of a vector", () => {
  const rows = [
    [0, "\u20070.000000"],
    [-0.0431, "−0.043100"],
    [0.000002, "\u20072.00e-6"],
    [Number.NaN, "NaN"],
  ] as const;
  for (const [value, text] of rows) {
    it(`${value} is ${text}`, () => assert.equal(formatComponent(value), text));
  }

  it("become bars above and below zero, the largest filling its half", () => {
    const bars = barsOf([0.5, -1, 0, Number.NaN]);
    assert.deepEqual(
      bars.map(({ y, height, sign }) => [y, height, sign]),
      [
        [-16, 16, "positive"],
        [0, 32, "negative"],
        [-0, 0, "positive"],
        [-0, 0, "positive"],
      ],
    );
  });

  it("become flat bars when all are zero", () =>
    assert.ok(barsOf([0, 0]).every(({ height }) => height === 0)));
});

describe("the figures of a run", () => {
  it("are all there, each with its definition", () => {
    const metrics = metricsOf(finished, "en");
    assert.deepEqual(
      metrics.map(({ name, value }) => `${name} ${value}`),
      [
        "First token 214 ms",
        "Tokens/s 68.9",
        "Prompt tokens 1,234",
        "Completion tokens 567",
        "Reasoning tokens 89",
        "Total time 8.42 s",
        "Finish reason stop",
      ],
    );
    assert.ok(metrics.every(({ definition }) => definition.length > 10));
  });

  it("mark an estimate as one, in name, value and definition", () => {
    const estimate = { estimated: true, completionTokens: 40, method: "characters" } as const;
    const timings = { endToEndMs: 1_000, tpotMs: 20, tokensPerSecond: 50, estimated: true } as const;
    const metrics = metricsOf({ state: "finished", timings, estimate }, "en");
    assert.deepEqual(
      metrics.map(({ name, value }) => `${name}: ${value}`),
      ["Tokens/s, estimated: ≈ 50.0", "Completion tokens, estimated: ≈ 40", "Total time: 1.00 s"],
    );
    assert.match(metrics.map(({ definition }) => definition).join("\n"), /estimated.*\n.*Estimated:/s);
  });

  it("say how evenly it came and where the time before it went", () => {
    assert.deepEqual(
      paceMetrics(measured.timings, "en").map(({ name, value }) => `${name}: ${value}`),
      [
        "Time per token: 14.5 ms",
        "Mean gap: 136 ms",
        "Median gap: 98.4 ms",
        "Gap p95: 413 ms",
        "Longest gap: 1.20 s",
        "Name lookup: < 1 ms",
        "TCP connect: 1.2 ms",
        "TLS handshake: 18.3 ms",
        "Wait for first byte: 192 ms",
        "Bytes: 48,213",
      ],
    );
    assert.deepEqual(paceMetrics(undefined, "en"), []);
  });

  it("leave out what was not reported", () =>
    assert.deepEqual(metricsOf({ state: "stopped", finishReason: "" }, "en"), []));
});

describe("the state of a run", () => {
  const test = { kind: "test" } as const;
  const rows = [
    { run: runOf({}), phase: "waiting", heard: "Waiting" },
    { run: runOf({}, { reasoning: "Hm" }), phase: "thinking", heard: "Thinking" },
    { run: runOf({}, { reasoning: "Hm", answer: "A" }), phase: "answering", heard: "Answering" },
    { run: runOf({}, { answer: "A", end: finished }), phase: "finished", heard: "The answer is complete." },
    { run: runOf({}, { end: { state: "stopped" } }), phase: "stopped", heard: "Stopped" },
    {
      run: runOf({}, { end: { state: "failed" }, findings: [refused] }),
      phase: "failed",
      heard: "Failed: Nothing listens on port 30000",
    },
    {
      run: runOf({ kind: "embedding" }, { vector, end: finished }),
      phase: "finished",
      heard: "Finished: 2,560 dimensions",
    },
    { run: runOf({ kind: "compare" }), phase: "answering", heard: "Answering" },
    {
      run: runOf({ kind: "compare" }, { end: { state: "finished" } }),
      phase: "finished",
      heard: "The comparison is complete.",
    },
    { run: runOf(test, { rungs: ladderOf("passed", "running") }), phase: "testing", heard: "Testing" },
    {
      run: runOf(test, { verdict: { tone: "good", text: "Healthy in 214 ms" } }),
      phase: "finished",
      heard: "Healthy in 214 ms",
    },
    { run: runOf(test, { verdict: { tone: "warning", text: "Slow" } }), phase: "warnings", heard: "Slow" },
    {
      run: runOf(test, { verdict: { tone: "bad", text: "Stopped at Connect" } }),
      phase: "failed",
      heard: "Stopped at Connect",
    },
  ] as const;
  for (const { run, phase, heard } of rows) {
    it(`${run.head.kind} ${phase}: a screen reader hears “${heard}”`, () => {
      assert.equal(phaseOf(run), phase);
      assert.equal(announcementOf(run, "en"), heard);
    });
  }
});

describe("links", () => {
  const rows = [
    ["https://example.com", true],
    ["HTTP://example.com", true],
    ["javascript:alert(1)", false],
    ["command:workbench.action.quit", false],
    ["//example.com", false],
    ["java\nscript:alert(1)//https://", false],
    ["", false],
  ] as const;
  for (const [url, expected] of rows) {
    it(`${JSON.stringify(url)} is ${expected ? "opened" : "not opened"}`, () =>
      assert.equal(isWebLink(url), expected));
  }
});
