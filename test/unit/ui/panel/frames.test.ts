import assert from "node:assert/strict";

import { createRedactor } from "../../../../src/core/diagnosis/redact.ts";
import { openHostEnd, openPageEnd, type RequestHandlers, type Wire } from "../../../../src/shared/link.ts";
import type { RunPanelContract, RunSnapshot } from "../../../../src/shared/runPanel.ts";
import { Frames } from "../../../../src/ui/panel/frames.ts";
import { type Emit, RunSession } from "../../../../src/ui/panel/runSession.ts";
import { runOf } from "../../../page/support/runs.ts";

/** Time that passes when the test says so. */
function fakeTime() {
  let nowMs = 0;
  const due: { readonly atMs: number; readonly work: () => void }[] = [];
  return {
    later: (work: () => void, ms: number) => void due.push({ atMs: nowMs + ms, work }),
    pass(ms: number): void {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = due.toSorted((a, b) => a.atMs - b.atMs);
        if (next === undefined || next.atMs > untilMs) break;
        due.splice(due.indexOf(next), 1);
        nowMs = next.atMs;
        next.work();
      }
      nowMs = untilMs;
    },
  };
}

type Events = RunPanelContract["events"];
type Heard = { readonly [K in keyof Events]: { readonly name: K; readonly event: Events[K] } }[keyof Events];

/** A panel's way to its page: what is posted, and what the page hears of it. */
function panel() {
  const time = fakeTime();
  const frames = new Frames(time.later);
  const posted: unknown[] = [];
  const heard: Heard[] = [];
  let toPage: (message: unknown) => void = () => undefined;
  const hostWire: Wire = {
    post: (message) => {
      posted.push(message);
      toPage(structuredClone(message));
    },
    listen: () => () => undefined,
  };
  const hear =
    <K extends keyof Events>(name: K) =>
    (event: Events[K]): void =>
      void heard.push({ name, event } as Heard);
  openPageEnd<RunPanelContract>(
    { post: () => undefined, listen: (receive) => ((toPage = receive), () => undefined) },
    {
      "runs/listed": hear("runs/listed"),
      "composer/opened": hear("composer/opened"),
      "run/shown": hear("run/shown"),
      "run/appended": hear("run/appended"),
      "run/updated": hear("run/updated"),
      "run/ended": hear("run/ended"),
    },
  );
  const host = openHostEnd<RunPanelContract>(hostWire, {} as RequestHandlers<RunPanelContract>, (post) =>
    frames.post(post),
  );
  const emit: Emit = (name, event) => host.emit(name, event);
  const session = (runId: string, door: Emit = emit): RunSession =>
    new RunSession(headOf(runId), door, createRedactor(), { frames });
  return { time, posted, heard, emit, session };
}

function headOf(runId: string): RunSnapshot["head"] {
  return runOf({ runId }).head;
}

const token = { kind: "answer", text: "token " } as const;

describe("what a page is told", () => {
  it("is one message in 33 ms, however many runs stream, and nothing is lost of any", () => {
    const { time, posted, heard, session } = panel();
    const sessions = ["a", "b", "c", "d"].map((runId) => session(runId));
    time.pass(1_000);
    const before = posted.length;
    for (let ms = 0; ms < 990; ms++) {
      sessions.forEach((each) => each.take(token));
      time.pass(1);
    }
    time.pass(100);
    const frames = Math.ceil(990 / 33) + 1;
    assert.ok(posted.length - before <= frames, `${posted.length - before} messages in ${frames} frames`);
    assert.ok(posted.length - before > 20, "it streams");
    for (const runId of ["a", "b", "c", "d"]) {
      const texts = heard.flatMap((each) =>
        each.name === "run/appended" && each.event.runId === runId ? [each.event.answer] : [],
      );
      assert.equal(texts.join(""), token.text.repeat(990));
    }
  });

  it("is told at once after a rest, and what is told in one go is one message, in order", () => {
    const { time, posted, heard, session } = panel();
    const one = session("a");
    one.update({ rungs: [], findings: [] });
    one.end({ state: "finished" });
    assert.deepEqual(posted, []);
    time.pass(0);
    assert.equal(posted.length, 1);
    assert.deepEqual(
      heard.map(({ name }) => name),
      ["run/shown", "run/updated", "run/ended"],
    );
  });

  it("has the end of a run after its last text, also within a frame", () => {
    const { time, heard, session } = panel();
    const one = session("a");
    time.pass(0);
    one.take(token);
    one.end({ state: "finished" });
    time.pass(33);
    assert.deepEqual(
      heard.map(({ name }) => name),
      ["run/shown", "run/appended", "run/ended"],
    );
  });

  it("is nothing of a run behind a closed door, whose text is whole when it is shown", () => {
    const { time, posted, emit, session } = panel();
    let door: "open" | "closed" = "closed";
    const hidden = session("b", (name, event) => (door === "open" ? emit(name, event) : undefined));
    for (let count = 0; count < 100; count++) {
      hidden.take(token);
      time.pass(10);
    }
    assert.deepEqual(posted, []);
    door = "open";
    assert.equal(hidden.snapshot().answer, token.text.repeat(100));
  });

  it("holds the columns of a comparison: one message for all, and one snapshot", () => {
    const { time, posted, heard, session } = panel();
    const whole = session("whole");
    const columns = ["left", "right"].map((runId) => whole.column(headOf(runId)));
    time.pass(100);
    const before = posted.length;
    columns.forEach((column) => column.take(token));
    time.pass(0);
    assert.equal(posted.length - before, 1);
    assert.deepEqual(
      heard.flatMap((each) => (each.name === "run/appended" ? [each.event.runId] : [])),
      ["left", "right"],
    );
    assert.deepEqual(
      whole.snapshot().columns?.map(({ head, answer }) => [head.runId, head.parentId, answer]),
      [
        ["left", "whole", token.text],
        ["right", "whole", token.text],
      ],
    );
  });
});
