import assert from "node:assert/strict";

import type { ChatDraft } from "../../../../src/core/chat/chatDraft.ts";
import type { RunHead, RunSnapshot } from "../../../../src/shared/runPanel.ts";
import type { KeptRun } from "../../../../src/ui/panel/keptRun.ts";
import { restoredRun } from "../../../../src/ui/panel/restoredRun.ts";
import { RunArchive, type RunFiles } from "../../../../src/ui/panel/runArchive.ts";
import { finished, ladderOf, measured, refused, runOf, toolCalls } from "../../../page/support/runs.ts";

class MemoryFiles implements RunFiles {
  readonly files = new Map<string, string>();
  names = (): Promise<readonly string[]> => Promise.resolve([...this.files.keys()]);
  read = (name: string): Promise<string> => Promise.resolve(this.files.get(name) ?? "");
  write = (name: string, text: string): Promise<void> => Promise.resolve(void this.files.set(name, text));
  remove = (name: string): Promise<void> => Promise.resolve(void this.files.delete(name));
}

const draft: ChatDraft = {
  endpointId: "local",
  model: "qwen3",
  system: "Be brief.",
  messages: [{ role: "user", text: "Why?", images: [] }],
  parameters: { temperature: 0.5 },
  extra: "",
};

function archive(files: RunFiles, keep = 30, limits?: { run: number; all: number }): RunArchive {
  const options = { keep: () => keep, cutNote: "(cut)" };
  return new RunArchive(files, limits === undefined ? options : { ...options, limits });
}

function kept(head: Partial<RunHead>, rest: Partial<RunSnapshot> = { end: finished }): KeptRun {
  return { snapshot: runOf(head, rest) };
}

const idsOf = (runs: readonly KeptRun[]): readonly string[] =>
  runs.map(({ snapshot }) => snapshot.head.runId);

describe("the archive of runs", () => {
  it("gives back what was kept, newest first, without the bytes on the wire", async () => {
    const files = new MemoryFiles();
    const rich = runOf(
      { runId: "rich", startedAtMs: 2 },
      { answer: "Blue.", toolCalls, rungs: ladderOf("passed"), findings: [refused], end: measured },
    );
    const first = archive(files);
    await first.save({ snapshot: { ...rich, wire: "kept" }, drafts: { with: draft, without: draft } });
    await first.save(kept({ runId: "newer", startedAtMs: 3 }));
    const found = await archive(files).load();
    assert.deepEqual(idsOf(found), ["newer", "rich"]);
    assert.deepEqual(found[1], { version: 1, snapshot: rich, drafts: { with: draft, without: draft } });
  });

  it("keeps the newest, as many as are to be kept", async () => {
    const files = new MemoryFiles();
    const some = archive(files, 2);
    for (const startedAtMs of [1, 3, 2]) {
      await some.save(kept({ runId: `at-${startedAtMs}`, startedAtMs }));
    }
    assert.deepEqual([...files.files.keys()].toSorted(), ["at-2.json", "at-3.json"]);
    assert.deepEqual(idsOf(await archive(files, 1).load()), ["at-3"]);
    assert.deepEqual([...files.files.keys()], ["at-3.json"]);
  });

  it("writes nothing when nothing is to be kept, and removes what was written", async () => {
    const files = new MemoryFiles();
    await archive(files).save(kept({ runId: "a" }));
    files.files.set("broken-one.json", "{");
    files.files.set("notes of somebody.txt", "theirs");
    const none = archive(files, 0);
    assert.deepEqual(await none.load(), []);
    await none.save(kept({ runId: "b" }));
    assert.deepEqual([...files.files.keys()], ["notes of somebody.txt"]);
  });

  it("removes what is there when the setting turns to nothing", async () => {
    const files = new MemoryFiles();
    let keep = 30;
    const changing = new RunArchive(files, { keep: () => keep, cutNote: "" });
    await changing.save(kept({ runId: "a" }));
    keep = 0;
    await changing.trim();
    assert.equal(files.files.size, 0);
  });

  it("clears all but what goes on, broken files too", async () => {
    const files = new MemoryFiles();
    const all = archive(files);
    await all.save(kept({ runId: "going" }, {}));
    await all.save(kept({ runId: "done" }));
    files.files.set("broken.json", "{");
    await all.clear(["going"]);
    assert.deepEqual([...files.files.keys()], ["going.json"]);
    await all.remove(["going"]);
    assert.equal(files.files.size, 0);
  });

  it("lets the oldest go when all together are too large", async () => {
    const files = new MemoryFiles();
    const small = archive(files, 30, { run: 2_000, all: 4_000 });
    for (const startedAtMs of [1, 2, 3]) {
      await small.save(
        kept({ runId: `at-${startedAtMs}`, startedAtMs }, { answer: "x".repeat(1_300), end: finished }),
      );
    }
    assert.deepEqual([...files.files.keys()], ["at-2.json", "at-3.json"]);
  });

  for (const { name, answer } of [
    { name: "a long answer", answer: "x".repeat(5_000_000) },
    { name: "one whose characters take three bytes each", answer: "天".repeat(1_500_000) },
  ]) {
    it(`cuts ${name} with a note, and leaves a draft out rather than cut it`, async () => {
      const files = new MemoryFiles();
      const snapshot = runOf({ runId: "long" }, { answer, end: finished });
      await archive(files).save({ snapshot, drafts: { with: draft, without: draft } });
      assert.ok(new TextEncoder().encode(files.files.get("long.json")).length <= 2_000_000);
      const [found] = await archive(files).load();
      assert.ok((found?.snapshot.answer.length ?? 0) > 100_000);
      assert.match(found?.snapshot.answer ?? "", /\n\n\(cut\)$/);
      assert.equal(found?.drafts, undefined);
    });
  }

  it("keeps the head of a run of which even cut texts are too many", async () => {
    const files = new MemoryFiles();
    const findings = Array.from({ length: 3_000 }, () => ({ ...refused, explanation: "y".repeat(2_000) }));
    await archive(files).save(kept({ runId: "many" }, { findings, end: finished }));
    const [found] = await archive(files).load();
    assert.deepEqual([found?.snapshot.head.runId, found?.snapshot.findings], ["many", []]);
  });

  const good = JSON.stringify({ version: 1, snapshot: runOf({ runId: "good" }, { end: finished }) });
  const broken: readonly (readonly [name: string, text: string])[] = [
    ["empty.json", ""],
    ["half.json", good.slice(0, 99)],
    ["null.json", "null"],
    ["list.json", "[]"],
    ["other.json", `{"version":1,"snapshot":{"head":{"runId":"other"}}}`],
    ["future.json", good.replace(`"version":1`, `"version":2`).replace(`"good"`, `"future"`)],
    ["renamed.json", good],
    ["answer.json", good.replace(`"answer":""`, `"answer":7`).replace(`"good"`, `"answer"`)],
    ["..%2fup.json", good.replace(`"good"`, `"../up"`)],
  ];
  for (const [name, text] of broken) {
    it(`ignores ${name}, and finds the good one beside it`, async () => {
      const files = new MemoryFiles();
      files.files.set(name, text).set("good.json", good);
      assert.deepEqual(idsOf(await archive(files).load()), ["good"]);
    });
  }

  it("does without a folder that can be neither read nor written", async () => {
    const refusing = (): Promise<never> => Promise.reject(new Error("EACCES"));
    const none = archive({ names: refusing, read: refusing, write: refusing, remove: refusing });
    await none.save(kept({}));
    await none.remove(["a"]);
    await none.clear([]);
    assert.deepEqual(await none.load(), []);
  });
});

describe("a restored run", () => {
  const asked: unknown[] = [];
  const doors = {
    send: (sent: ChatDraft) => Promise.resolve(void asked.push(sent)),
    test: ({ endpointName }: RunHead) => Promise.resolve(void asked.push(endpointName)),
    showReport: (endpointId: string) => Promise.resolve(void asked.push(endpointId)),
  };
  beforeEach(() => void asked.splice(0));

  it("that was going on is shown as ended by the reload, with what was kept of it", () => {
    const { session } = restoredRun(kept({}, { answer: "Bec" }), doors);
    const { end, answer } = session.snapshot();
    assert.deepEqual([end, answer], [{ state: "stopped", by: "reload" }, "Bec"]);
    assert.equal(session.isRunning, false);
  });

  it("is sent again as its draft, which the composer opens with as well", () => {
    const answered = {
      ...draft,
      messages: [...draft.messages, { role: "assistant", text: "So.", images: [] }],
    } as const;
    const { session, controls } = restoredRun(
      { ...kept({}), drafts: { with: answered, without: draft } },
      doors,
    );
    controls.again();
    assert.deepEqual(asked, [draft]);
    assert.deepEqual([controls.draft?.("with"), controls.draft?.("without")], [answered, draft]);
    assert.equal(session.snapshot().restored, "repeatable");
  });

  it("without a draft is a record, that can be copied and not run", () => {
    const { session, controls } = restoredRun(kept({}, { answer: "Blue.", end: finished }), doors);
    controls.again();
    assert.deepEqual(
      [asked, session.snapshot().restored, controls.draft?.("with")],
      [[], "record", undefined],
    );
    assert.equal(controls.copyText(), "Blue.");
    assert.equal(restoredRun({ ...kept({}), copied: "[0.1]" }, doors).controls.copyText(), "[0.1]");
  });

  it("of a test is tested again; its fixes, which nobody could apply any more, are gone", async () => {
    const { session, controls } = restoredRun(
      kept({ kind: "test" }, { findings: [refused], end: finished }),
      doors,
    );
    controls.again();
    await controls.showReport?.("other");
    assert.deepEqual(asked, ["SGLang chat", "other"]);
    assert.deepEqual(session.snapshot().findings[0]?.fixes, []);
  });
});
