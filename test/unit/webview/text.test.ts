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

/** As extension-host.md has them: TTFT and TPOT are those of vLLM's benchmark, but for role-only messages, which count as nothing. */
const definitions = [
  ["first-token", "Time from sending the request to the first content, reasoning or tool call"],
  [
    "first-answer-token",
    "Time from sending the request to the first text of the answer itself, behind the reasoning",
  ],
  [
    "tokens-per-second",
    "Completion tokens after the first, divided by the time from the first to the end of the reply",
  ],
  ["prompt-tokens", "Tokens of the request, as the server counted them"],
  ["completion-tokens", "Tokens of the reply, reasoning included, as the server counted them"],
  ["reasoning-tokens", "The part of the completion tokens spent on reasoning, as the server counted them"],
  ["cached-tokens", "The part of the prompt tokens that the server's cache held, as it counted them"],
  ["total-time", "Time from sending the request to the end of the reply"],
  [
    "finish-reason",
    "Why the model stopped, in the server's own word: “length” means that the token limit cut the answer",
  ],
  ["time-per-token", "TPOT: (total time − first token) / (completion tokens − 1)"],
  ["lookup", "Time to find the address of the host's name (DNS)"],
  ["connect", "Time to open the connection, once the address was known"],
  ["tls", "Time to agree on encryption, once the connection was open"],
  [
    "first-byte",
    "Time from the open connection to the first byte of the reply; sending the request is part of it",
  ],
  ["bytes", "Length of the reply's body, decompressed, without its headers"],
];

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

  it("say how each is measured", () => {
    const usage = { promptTokens: 1, completionTokens: 2, reasoningTokens: 3, cachedTokens: 4 };
    const all = [
      ...metricsOf({ ...measured, usage }, "en"),
      ...paceMetrics(measured.timings, "en").filter(({ id }) => !id.startsWith("gap-")),
    ];
    assert.deepEqual(
      all.map(({ id, definition }) => [id, definition]),
      definitions,
    );
  });

  it("name the first answer token where it is not the first of all", () => {
    const names = (firstAnswerMs: number): readonly string[] =>
      metricsOf({ state: "finished", timings: { ttftMs: 5, firstAnswerMs, endToEndMs: 9 } }, "en").map(
        ({ name, value }) => `${name}: ${value}`,
      );
    assert.deepEqual(names(7), ["First token: 5 ms", "First answer token: 7 ms", "Total time: 9 ms"]);
    assert.deepEqual(names(5), ["First token: 5 ms", "Total time: 9 ms"]);
  });

  it("mark what rests on an estimate, by the way it was estimated", () => {
    const of = (method: "chunks" | "characters" | "share"): readonly string[] => {
      const estimate = { estimated: true, reasoningTokens: 7, method } as const;
      return metricsOf({ state: "finished", estimate }, "en").map(
        ({ name, value, definition }) => `${name}: ${value}. ${definition}`,
      );
    };
    assert.match(
      of("chunks")[0] ?? "",
      /^Reasoning tokens, estimated: ≈ 7\. .*its chunks look like one token/,
    );
    assert.match(of("characters")[0] ?? "", /1\.65 Chinese or 3\.5 other characters/);
    assert.match(of("share")[0] ?? "", /the server's completion tokens, divided as the characters/);
    const [pace] = paceMetrics({ endToEndMs: 9, tpotMs: 20, tokensPerSecond: 50, estimated: true }, "en");
    assert.equal(pace?.value, "≈ 20.0 ms");
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
    const gaps = paceMetrics(measured.timings, "en").filter(({ id }) => id.startsWith("gap-"));
    assert.deepEqual(
      gaps.map(({ id }) => id),
      ["gap-mean", "gap-median", "gap-p95", "gap-longest"],
    );
    assert.ok(
      gaps.every(
        ({ definition }) =>
          definition === "Of 59 gaps between one chunk with text, reasoning or a tool call and the next",
      ),
    );
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
