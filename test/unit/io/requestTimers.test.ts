import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import type { WireLimit } from "../../../src/io/networkFault.ts";
import { startTimers, type RequestTimers } from "../../../src/io/requestTimers.ts";

/** None of these fires in a test. */
const long = { connectMs: 60_000, firstByteMs: 60_000, idleMs: 60_000 };

describe("the timers of a request", () => {
  const cases: readonly {
    readonly name: string;
    readonly timeouts: object;
    readonly before: (timers: RequestTimers) => void;
    readonly fired: string;
  }[] = [
    { name: "connecting", timeouts: { connectMs: 5 }, before: () => undefined, fired: "connect" },
    {
      name: "waiting for the first byte",
      timeouts: { firstByteMs: 5 },
      before: (timers) => timers.connected(),
      fired: "firstByte",
    },
    {
      name: "reading",
      timeouts: { idleMs: 5 },
      before: (timers) => {
        timers.connected();
        timers.received();
        timers.received();
      },
      fired: "idle",
    },
    {
      name: "a reply that comes before the connection is reported",
      timeouts: { idleMs: 5 },
      before: (timers) => {
        timers.received();
        timers.connected();
      },
      fired: "idle",
    },
    { name: "the whole", timeouts: { totalMs: 5 }, before: (timers) => timers.received(), fired: "total" },
  ];
  for (const { name, timeouts, before, fired } of cases) {
    it(`name "${fired}" for ${name}`, async () => {
      const { promise, fire } = awaited();
      const timers = startTimers({ ...long, ...timeouts }, fire);
      before(timers);
      const limit = await promise;
      timers.stop();
      assert.deepEqual([limit.code, limit.timer], ["TIMEOUT", fired]);
    });
  }

  it("fire no more once they are stopped, nor start again", async () => {
    const fired: WireLimit[] = [];
    const timers = startTimers({ connectMs: 5, firstByteMs: 5, idleMs: 5, totalMs: 5 }, (limit) => {
      fired.push(limit);
    });
    timers.stop();
    timers.connected();
    timers.received();
    await wait(40);
    assert.deepEqual(fired, []);
  });
});

function awaited(): { readonly promise: Promise<WireLimit>; readonly fire: (limit: WireLimit) => void } {
  let fire: (limit: WireLimit) => void = () => undefined;
  const promise = new Promise<WireLimit>((resolve) => (fire = resolve));
  return { promise, fire: (limit) => fire(limit) };
}
