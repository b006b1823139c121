import assert from "node:assert/strict";
import type { ChatDraft, DraftProblem } from "../../../../src/core/chat/chatDraft.ts";
import { readKept, writeKept } from "../../../../src/ui/panel/keptRun.ts";
import { restoredRun, type RestoredDoors } from "../../../../src/ui/panel/restoredRun.ts";
import { sendDraft } from "../../../../src/ui/panel/sendDraft.ts";
import { conversation } from "../../../page/support/drafts.ts";
import { comparedAll, finished, runOf } from "../../../page/support/runs.ts";

/** What is sent to do a run of before a reload again. */
async function sentAgain(draft: ChatDraft, snapshot = comparedAll): Promise<readonly unknown[]> {
  const kept = readKept(writeKept({ snapshot, drafts: { with: draft, without: draft } }, 2_000_000, "…"));
  assert.ok(kept !== undefined);
  const sent: unknown[] = [];
  const take = (name: string, params: unknown): Promise<readonly DraftProblem[]> => {
    sent.push([name, params]);
    return Promise.resolve([]);
  };
  const doors: RestoredDoors = {
    send: async (asked) => {
      await sendDraft(asked, {
        "chat/send": (params) => take("chat/send", params),
        "chat/compare": (params) => take("chat/compare", params),
      });
    },
    test: () => Promise.resolve(),
    showReport: () => Promise.resolve(),
  };
  restoredRun(kept, doors).controls.again();
  await Promise.resolve();
  return sent;
}

describe("a run of before a reload", () => {
  it("asks all again that were compared", async () => {
    const comparedWith = [{ endpointId: "vllm", model: "big" }];
    const draft = { ...conversation, endpointId: "local", model: "", comparedWith };
    assert.deepEqual(await sentAgain(draft), [
      ["chat/compare", { draft, targets: [{ endpointId: "local", model: "" }, ...comparedWith] }],
    ]);
  });

  it("of a chat asks the one", async () => {
    const chat = runOf({}, { end: finished });
    assert.deepEqual(await sentAgain(conversation, chat), [["chat/send", { draft: conversation }]]);
  });

  it("is none with more to compare than fit beside one another", () => {
    const comparedWith = Array.from({ length: 4 }, () => ({ endpointId: "a", model: "" }));
    const draft = { ...conversation, comparedWith };
    const text = writeKept(
      { snapshot: comparedAll, drafts: { with: draft, without: draft } },
      2_000_000,
      "…",
    );
    assert.equal(readKept(text), undefined);
  });
});
