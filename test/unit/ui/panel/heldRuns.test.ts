import assert from "node:assert/strict";

import type { RunWire } from "../../../../src/core/chat/runWire.ts";
import { createRedactor } from "../../../../src/core/diagnosis/redact.ts";
import type { RunHead, RunRow, RunSnapshot } from "../../../../src/shared/runPanel.ts";
import { HeldRuns, type HeldRun } from "../../../../src/ui/panel/heldRuns.ts";
import { RunSession } from "../../../../src/ui/panel/runSession.ts";
import { finished, runOf } from "../../../page/support/runs.ts";

function held(head: Partial<RunHead>, rest: Partial<RunSnapshot> = { end: finished }): HeldRun {
  const snapshot = runOf(head, rest);
  return {
    session: {
      runId: snapshot.head.runId,
      isRunning: snapshot.end === undefined,
      snapshot: () => snapshot,
    },
    controls: {
      stop: () => undefined,
      again: () => undefined,
      copyText: () => "",
      applyFix: () => Promise.resolve(),
    },
  };
}

/** A run that keeps so many bytes, of a comparison in each column; its session is one as it is shown. */
function keeping(runId: string, state: "running" | "ended", ...kept: readonly number[]): HeldRun {
  const [head, redactor] = [runOf({ runId }).head, createRedactor()];
  const isOne = kept.length === 1;
  const session = new RunSession(head, () => undefined, redactor, isOne ? { wire: "kept" } : {});
  const columns = new Map(
    kept.map((bytes, index) => {
      const id = `${runId}.${index}`;
      if (!isOne) {
        session.column({ ...head, runId: id }, "kept");
      }
      return [id, { ...held({}).controls, wire: wireOf(bytes) }];
    }),
  );
  if (state === "ended") {
    session.end(finished);
  }
  const [own] = columns.values();
  return { session, controls: isOne && own !== undefined ? own : { ...held({}).controls, columns } };
}

function wireOf(bytes: number): RunWire {
  let left = bytes;
  return {
    exchanges: () => [],
    bytes: () => left,
    drop: () => {
      left = 0;
    },
    sdkReading: () => Promise.resolve(undefined),
  };
}

/** What their pages say of the bytes, newest first. */
function wiresOf(list: HeldRuns): readonly string[] {
  return ids(list).map((runId) => {
    const snapshot = list.find(runId)?.session.snapshot();
    return [snapshot, ...(snapshot?.columns ?? [])].flatMap((each) => each?.wire ?? []).join(" ");
  });
}

function listOf(...runs: readonly HeldRun[]): HeldRuns {
  const list = new HeldRuns();
  runs.forEach((run) => list.add(run));
  return list;
}

const ids = (list: HeldRuns): readonly string[] => list.rows().map(({ runId }) => runId);

describe("the runs of a window", () => {
  it("are listed newest first, those of before a reload by when they began", () => {
    const list = listOf(held({ runId: "a", startedAtMs: 10 }), held({ runId: "b", startedAtMs: 20 }));
    list.addOlder([
      held({ runId: "y", startedAtMs: 5 }),
      held({ runId: "x", startedAtMs: 7 }),
      held({ runId: "a", startedAtMs: 1 }),
    ]);
    assert.deepEqual(ids(list), ["b", "a", "x", "y"]);
    assert.equal(list.newest(), "b");
  });

  const states: readonly { readonly of: Partial<RunSnapshot>; readonly is: RunRow["state"] }[] = [
    { of: {}, is: "running" },
    { of: { verdict: { tone: "good", text: "" } }, is: "running" },
    { of: { end: { state: "finished" } }, is: "finished" },
    { of: { end: { state: "finished" }, verdict: { tone: "warning", text: "" } }, is: "warnings" },
    { of: { end: { state: "finished" }, verdict: { tone: "bad", text: "" } }, is: "failed" },
    { of: { end: { state: "stopped" }, verdict: { tone: "bad", text: "" } }, is: "stopped" },
    { of: { end: { state: "failed" } }, is: "failed" },
  ];
  for (const { of, is } of states) {
    it(`say ${is} of ${JSON.stringify(of)}`, () => {
      assert.equal(listOf(held({}, of)).rows()[0]?.state, is);
    });
  }

  it("are called by what was asked, on one line and cut, else by their endpoint", () => {
    const [long, none] = listOf(
      held({ runId: "none", input: " \n ", endpointName: "GPU box" }),
      held({ runId: "long", input: `  Why\n\tis ${"it ".repeat(500)}` }),
    ).rows();
    assert.match(long?.title ?? "", /^Why is it it/);
    assert.equal(long?.title.length, 120);
    assert.equal(none?.title, "GPU box");
  });

  it("go off the list when they have ended, and not before", () => {
    const list = listOf(held({ runId: "done" }), held({ runId: "going" }, {}));
    assert.deepEqual(
      [list.remove("going"), list.remove("nobody"), list.remove("done")],
      ["stays", "stays", "removed"],
    );
    assert.deepEqual(ids(list), ["going"]);
  });

  it("are cleared but for those that go on", () => {
    const list = listOf(held({ runId: "done" }), held({ runId: "going" }, {}), held({ runId: "done too" }));
    list.clear();
    assert.deepEqual([ids(list), list.running()], [["going"], ["going"]]);
  });

  for (const { keep, left } of [
    { keep: 2, left: 2 },
    { keep: 50, left: 40 },
    { keep: 0, left: 30 },
  ]) {
    it(`are at most ${left} of 40 when ${keep} are to be kept, besides what runs and what is shown`, () => {
      const many = Array.from({ length: 40 }, (_, index) => held({ runId: `run-${index}` }));
      const list = listOf(held({ runId: "shown" }), held({ runId: "going" }, {}), ...many);
      list.trim(keep, ["shown"]);
      assert.deepEqual(ids(list).slice(-2), ["going", "shown"]);
      assert.equal(ids(list).length, left + 2);
      assert.equal(ids(list)[0], "run-39");
    });
  }

  it("name what to show when one is gone: the next older, at the end of the list the next newer", () => {
    const list = listOf(held({ runId: "old" }), held({ runId: "middle" }), held({ runId: "new" }));
    assert.deepEqual(
      ["new", "middle", "old"].map((runId) => list.neighbourOf(runId)),
      ["middle", "old", "middle"],
    );
  });

  const filled = (most: number, ...runs: readonly HeldRun[]): HeldRuns => {
    const list = new HeldRuns(most);
    runs.forEach((run) => list.add(run));
    return list;
  };

  it("keep all bytes while they are not too many together", () => {
    const list = filled(30, keeping("a", "ended", 10), keeping("b", "ended", 10), keeping("c", "ended", 10));
    list.trimWires([]);
    assert.deepEqual(wiresOf(list), ["kept", "kept", "kept"]);
  });

  it("let the bytes of the oldest go first, and no more of them than they must", () => {
    const list = filled(20, keeping("a", "ended", 10), keeping("b", "ended", 4), keeping("c", "ended", 15));
    list.trimWires([]);
    assert.deepEqual(wiresOf(list), ["kept", "kept", "dropped"]);
    assert.equal(list.controlsOf("a")?.wire?.bytes(), 0);
    list.add(keeping("d", "ended", 6));
    list.trimWires([]);
    assert.deepEqual(wiresOf(list), ["kept", "dropped", "dropped", "dropped"]);
  });

  it("keep the bytes of what is shown and of what goes on, however many they are", () => {
    const shown = keeping("shown", "ended", 50);
    const list = filled(20, shown, keeping("going", "running", 50), keeping("done", "ended", 1));
    list.trimWires(["shown"]);
    assert.deepEqual(wiresOf(list), ["dropped", "kept", "kept"]);
  });

  it("let the bytes of a comparison go together", () => {
    const list = filled(20, keeping("both", "ended", 12, 12), keeping("new", "ended", 12));
    list.trimWires([]);
    assert.deepEqual(wiresOf(list), ["kept", "dropped dropped"]);
  });

  it("keep answers and figures of a run whose bytes are gone", () => {
    const old = keeping("old", "ended", 30);
    const before = old.session.snapshot();
    filled(20, old).trimWires([]);
    assert.deepEqual(old.session.snapshot(), { ...before, wire: "dropped" });
  });

  it("know the buttons of a comparison's columns", () => {
    const column = held({}).controls;
    const comparison: HeldRun = {
      ...held({ runId: "both" }),
      controls: { ...held({}).controls, columns: new Map([["left", column]]) },
    };
    const list = listOf(held({ runId: "other" }), comparison);
    assert.equal(list.controlsOf("left"), column);
    assert.equal(list.controlsOf("both"), comparison.controls);
    assert.equal(list.controlsOf("nobody"), undefined);
  });
});
