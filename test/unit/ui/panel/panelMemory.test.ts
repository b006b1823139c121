import assert from "node:assert/strict";
import { PanelMemory, type PanelState } from "../../../../src/ui/panel/panelMemory.ts";

/** As VS Code keeps it: over a reload, as JSON. */
function fakeMemory(kept?: unknown): {
  readonly memory: ConstructorParameters<typeof PanelMemory>[0];
  readonly writes: unknown[];
} {
  const writes: unknown[] = [];
  const memory = {
    get: () => (writes.length === 0 ? kept : writes.at(-1)),
    update: (_name: string, value: unknown) => {
      writes.push(JSON.parse(JSON.stringify(value)));
      return Promise.resolve();
    },
  };
  return { memory, writes };
}

const state = (panelId: string, runId: string, pin: PanelState["pin"] = "free"): PanelState => ({
  panelId,
  runId,
  pin,
});
/** What VS Code still has of a page that was reloaded before it was written down. */
const stale = { panelId: "p", runId: "old", pin: "free" };

describe("the memory of what panels show", () => {
  it("is written when it changes, not later and not again", () => {
    const { memory, writes } = fakeMemory();
    const panels = new PanelMemory(memory);
    panels.note(state("p", "a"));
    assert.deepEqual(writes.at(-1), [state("p", "a")]);
    panels.note(state("p", "a"));
    assert.equal(writes.length, 1);
    panels.note(state("p", "b"));
    panels.note(state("p", "b", "pinned"));
    assert.deepEqual(writes.at(-1), [state("p", "b", "pinned")]);
  });

  it("comes before what the page had kept, also with several panels", () => {
    const { memory } = fakeMemory();
    const before = new PanelMemory(memory);
    before.note(state("p", "new", "pinned"));
    before.note(state("q", "other"));
    const after = new PanelMemory(memory);
    assert.deepEqual(after.recall(stale), state("p", "new", "pinned"));
    assert.deepEqual(after.recall({ ...stale, panelId: "q" }), state("q", "other"));
  });

  it("knows the only panel also where its page had kept nothing yet", () => {
    const { memory } = fakeMemory([state("p", "a", "pinned")]);
    assert.deepEqual(new PanelMemory(memory).recall(undefined), state("p", "a", "pinned"));
    const two = fakeMemory([state("p", "a"), state("q", "b")]);
    assert.deepEqual(new PanelMemory(two.memory, () => "fresh").recall(undefined), state("fresh", ""));
  });

  it("leaves a panel that it does not know to its page", () => {
    const { memory } = fakeMemory([state("q", "b", "pinned")]);
    assert.deepEqual(new PanelMemory(memory).recall(stale), state("p", "old"));
  });

  it("forgets a panel that was closed", () => {
    const { memory } = fakeMemory([state("p", "a", "pinned"), state("q", "b")]);
    new PanelMemory(memory).forget("p");
    assert.deepEqual(new PanelMemory(memory).recall(stale), state("p", "old"));
  });

  for (const kept of [undefined, null, 7, [], "a", { panelId: 7, runId: {}, pin: "maybe" }]) {
    it(`takes ${JSON.stringify(kept)} from a page, and from the disk, for nothing`, () => {
      const panels = new PanelMemory(fakeMemory(kept).memory, () => "fresh");
      assert.deepEqual(panels.recall(kept), state("fresh", ""));
    });
  }

  it("does not grow with panels that never come back, and bears a disk that is full", async () => {
    const { memory, writes } = fakeMemory();
    const panels = new PanelMemory({
      ...memory,
      update: (name, value) => memory.update(name, value).then(() => Promise.reject(new Error("full"))),
    });
    for (let index = 0; index < 50; index++) {
      panels.note(state(`p${index}`, "a"));
    }
    await Promise.resolve();
    const last = writes.at(-1) as readonly PanelState[];
    assert.deepEqual([last.length, last.at(-1)?.panelId], [20, "p49"]);
  });
});
