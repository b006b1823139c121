import assert from "node:assert/strict";
import type { FindingView, RunSnapshot } from "../../../src/shared/runPanel.ts";
import { reasoningLabel } from "../../../src/webview/run/reasoningLabel.ts";
import {
  initialState,
  reduce,
  type Action,
  type PageState,
  type RunView,
} from "../../../src/webview/run/state.ts";
import {
  columnOf,
  compareOf,
  finished,
  ladderOf,
  notListed,
  refused,
  runOf,
  threeColumns,
} from "../../page/support/runs.ts";

const chat = runOf({});

function after(...actions: readonly Action[]): PageState {
  return actions.reduce(reduce, initialState);
}

function runAfter(snapshot: RunSnapshot, ...actions: readonly Action[]): RunView {
  const state = after({ kind: "shown", snapshot }, ...actions);
  assert.equal(state.phase, "run");
  return state.run;
}

function appended(text: { answer?: string; reasoning?: string }, atMs = 0, runId = "run-1"): Action {
  return { kind: "appended", event: { runId, answer: "", reasoning: "", ...text }, atMs };
}

function updated(rest: {
  findings?: FindingView[];
  rungs?: RunSnapshot["rungs"];
  verdict?: NonNullable<RunSnapshot["verdict"]>;
}): Action {
  return { kind: "updated", event: { runId: "run-1", findings: [], rungs: [], ...rest } };
}

const ended: Action = { kind: "ended", event: { runId: "run-1", end: finished }, atMs: 9_000 };

describe("the page's state", () => {
  it("is empty when the host has nothing to show, and keeps a run that came meanwhile", () => {
    assert.deepEqual(after({ kind: "nothing-to-show" }), { phase: "empty" });
    assert.equal(after({ kind: "shown", snapshot: chat }, { kind: "nothing-to-show" }).phase, "run");
    assert.deepEqual(after({ kind: "unreachable", reason: "gone" }), { phase: "broken", reason: "gone" });
  });

  it("grows by what is appended", () => {
    const { snapshot } = runAfter(
      chat,
      appended({ reasoning: "Hm" }),
      appended({ reasoning: "m", answer: "A" }),
      appended({ answer: "B" }),
    );
    assert.deepEqual([snapshot.reasoning, snapshot.answer], ["Hmm", "AB"]);
  });

  it("moves the answer before it when that was reasoning, and says how long it took", () => {
    const relabelled: Action = {
      kind: "appended",
      event: { runId: "run-1", relabelled: true, answer: "", reasoning: "" },
      atMs: 3_000,
    };
    const run = runAfter(
      chat,
      appended({ answer: "Hm" }, 1_000),
      relabelled,
      appended({ answer: "A" }, 3_500),
    );
    assert.deepEqual([run.snapshot.reasoning, run.snapshot.answer], ["Hm", "A"]);
    assert.deepEqual(run.thinking, { sinceMs: 1_000, untilMs: 3_500 });
    assert.equal(run.relabelled, 1);
  });

  it("adds what comes of tool calls, which end the thinking", () => {
    const call: Action = {
      kind: "appended",
      event: {
        runId: "run-1",
        answer: "",
        reasoning: "",
        toolCalls: [{ index: 0, id: "a", name: "f", argumentsText: "{}" }],
      },
      atMs: 2_000,
    };
    const run = runAfter(chat, appended({ reasoning: "Hm" }, 1_000), call);
    assert.deepEqual(run.snapshot.toolCalls, [{ id: "a", name: "f", argumentsText: "{}" }]);
    assert.deepEqual(run.thinking, { sinceMs: 1_000, untilMs: 2_000 });
  });

  it("ignores events of another run", () => {
    const before = runAfter(chat);
    const other: Action = { kind: "ended", event: { runId: "run-0", end: { state: "failed" } }, atMs: 0 };
    assert.deepEqual(runAfter(chat, appended({ answer: "late" }, 0, "run-0"), other), before);
  });

  it("ignores every event while nothing is shown", () => {
    assert.deepEqual(after(appended({ answer: "A" }), ended), initialState);
  });

  it("starts afresh when a run is shown again", () => {
    const state = after({ kind: "shown", snapshot: chat }, appended({ answer: "A" }), {
      kind: "shown",
      snapshot: chat,
    });
    assert.equal(state.phase === "run" && state.run.snapshot.answer, "");
    assert.equal(state.phase === "run" && state.run.generation, 1);
  });

  it("replaces the rungs and findings of a test", () => {
    const test = runOf({ kind: "test" }, { rungs: ladderOf(), findings: [refused] });
    const verdict = { tone: "good", text: "Healthy" } as const;
    const { snapshot } = runAfter(
      test,
      updated({ rungs: ladderOf("passed"), findings: [notListed], verdict }),
    );
    assert.deepEqual(
      [snapshot.rungs[0]?.status, snapshot.findings, snapshot.verdict],
      ["passed", [notListed], verdict],
    );
  });

  it("adds findings to a chat, once each, whether the host repeats them or not", () => {
    const { snapshot } = runAfter(
      chat,
      updated({ findings: [refused] }),
      updated({ findings: [refused, notListed] }),
      updated({}),
    );
    assert.deepEqual(snapshot.findings, [refused, notListed]);
  });

  it("knows what is under way, done and refused, until it is forgotten or another run is shown", () => {
    const asked = (name: string, state: RunView["asks"][string]): Action => ({
      kind: "asked",
      runId: "run-1",
      name,
      state,
    });
    const actions = [
      asked("stop", { kind: "waiting" }),
      asked("copy", { kind: "done" }),
      asked("stop", { kind: "refused", reason: "no" }),
    ];
    assert.deepEqual(runAfter(chat, ...actions).asks, {
      stop: { kind: "refused", reason: "no" },
      copy: { kind: "done" },
    });
    assert.deepEqual(
      Object.keys(runAfter(chat, ...actions, { kind: "forgotten", runId: "run-1", name: "copy" }).asks),
      ["stop"],
    );
    assert.deepEqual(runAfter(chat, ...actions, { kind: "shown", snapshot: chat }).asks, {});
  });
});

describe("the label of the reasoning", () => {
  const think = appended({ reasoning: "Hm" }, 1_000);
  const rows: readonly { name: string; run: RunView; label: string }[] = [
    { name: "while only reasoning comes", run: runAfter(chat, think), label: "Thinking…" },
    {
      name: "once the answer begins",
      run: runAfter(chat, think, appended({ answer: "A" }, 3_500)),
      label: "Thought for 2.50 s",
    },
    {
      name: "when it ends without an answer",
      run: runAfter(chat, think, ended),
      label: "Thought for 8.00 s",
    },
    {
      name: "of a run older than the page",
      run: runAfter(runOf({}, { reasoning: "Hm", answer: "A", end: finished })),
      label: "Thought for 89 tokens",
    },
    {
      name: "when nothing is known",
      run: runAfter(runOf({}, { reasoning: "Hm", answer: "A" })),
      label: "Reasoning",
    },
  ];
  for (const { name, run, label } of rows) {
    it(`${name} is “${label}”`, () => assert.equal(reasoningLabel(run, "en"), label));
  }
});

describe("the page's state of a comparison", () => {
  const comparison = compareOf(threeColumns);
  const texts = ({ columns = [] }: RunView): readonly string[] =>
    columns.map(({ snapshot }) => snapshot.reasoning + snapshot.answer);

  it("gives each column its own events", () => {
    const end: Action = { kind: "ended", event: { runId: "c", end: { state: "failed" } }, atMs: 3 };
    const run = runAfter(
      comparison,
      appended({ reasoning: "Hm" }, 1, "a"),
      appended({ answer: "B" }, 2, "b"),
      appended({ answer: "A" }, 3, "a"),
      { kind: "updated", event: { runId: "c", rungs: [], findings: [refused] } },
      end,
    );
    assert.deepEqual(texts(run), ["HmA", "B", ""]);
    assert.deepEqual(run.columns?.[0]?.thinking, { sinceMs: 1, untilMs: 3 });
    assert.deepEqual(run.columns[2]?.snapshot.findings, [refused]);
    assert.deepEqual(
      run.columns.map(({ snapshot }) => snapshot.end?.state),
      [undefined, undefined, "failed"],
    );
    assert.equal(run.snapshot.end, undefined);
  });

  it("keeps the course of a column's buttons with the column", () => {
    const run = runAfter(comparison, { kind: "asked", runId: "b", name: "stop", state: { kind: "waiting" } });
    assert.deepEqual(
      run.columns?.map(({ asks }) => asks),
      [{}, { stop: { kind: "waiting" } }, {}],
    );
    assert.deepEqual(run.asks, {});
  });

  it("adds a column that is shown, and replaces one that is shown again", () => {
    const [first, second, third] = threeColumns;
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    const shownAgain = columnOf("a", "SGLang chat", "found out");
    const run = runAfter(
      compareOf([]),
      { kind: "shown", snapshot: first },
      { kind: "shown", snapshot: second },
      appended({ answer: "B" }, 0, "b"),
      { kind: "shown", snapshot: shownAgain },
      { kind: "shown", snapshot: third },
    );
    assert.deepEqual(
      run.columns?.map(({ snapshot, generation }) => [snapshot.head.model, generation]),
      [
        ["found out", 1],
        ["Qwen/Qwen3-32B-AWQ", 0],
        ["qwen3-8b-q4_k_m.gguf", 0],
      ],
    );
    assert.deepEqual(texts(run), ["", "B", ""]);
    assert.equal(run.generation, 0);
  });

  it("ignores a column of a comparison that is not shown", () => {
    const late = columnOf("z", "Late", "m", { head: { ...chat.head, runId: "z", parentId: "run-0" } });
    const before = after({ kind: "shown", snapshot: comparison });
    assert.equal(reduce(before, { kind: "shown", snapshot: late }), before);
    assert.deepEqual(after({ kind: "shown", snapshot: late }), initialState);
  });
});
