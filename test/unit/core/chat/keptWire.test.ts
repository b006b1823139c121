import assert from "node:assert/strict";

import { keptWire } from "../../../../src/core/chat/keptWire.ts";
import { createWireRecorder } from "../../../../src/core/chat/recordWire.ts";
import { createRedactor } from "../../../../src/core/diagnosis/redact.ts";
import { anEndpoint, aReply, fakeClock, fakeHttp, someCredentials } from "../../../support/builders.ts";

describe("what a run keeps of its bytes", () => {
  it("knows how much that is, and lets go of all of it", async () => {
    const url = "http://h/v1/chat/completions";
    const recorder = createWireRecorder(fakeClock(), createRedactor());
    const http = recorder.through(fakeHttp({ [`POST ${url}`]: aReply({ data: [] }) }), someCredentials({}));
    const { timeouts } = anEndpoint();
    const request = { method: "POST", url, headers: {}, body: "{}", timeouts, maxBytes: 1_000 } as const;
    await http.send(request, new AbortController().signal);
    let replays = 0;
    const wire = keptWire(
      recorder,
      () => ({ outcome: "finished", answer: "", reasoning: "", toolCalls: [], codes: [] }),
      () => {
        replays++;
        return Promise.reject(new Error("nothing is left to be read"));
      },
    );
    assert.equal(wire.bytes(), '{}{"data":[]}'.length);
    wire.drop();
    assert.deepEqual(
      [wire.exchanges(), wire.bytes(), await wire.sdkReading(), replays],
      [[], 0, undefined, 0],
    );
  });
});
