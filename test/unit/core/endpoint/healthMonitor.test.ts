import assert from "node:assert/strict";

import type { Endpoint } from "../../../../src/core/endpoint/endpoint.ts";
import { EndpointStore } from "../../../../src/core/endpoint/endpointStore.ts";
import { unknownHealth } from "../../../../src/core/endpoint/health.ts";
import { HealthMonitor } from "../../../../src/core/endpoint/healthMonitor.ts";
import { anEndpoint, fakeClock, settled } from "../../../support/builders.ts";
import { monitorBench } from "../../../support/monitorBench.ts";

/** `count` endpoints, each on an origin of its own. */
const many = (count: number): readonly Partial<Endpoint>[] =>
  Array.from({ length: count }, (_, index) => ({ id: `e${index}`, baseUrl: `http://h${index}/v1` }));

describe("HealthMonitor", () => {
  it("checks nothing before something shows it", () => {
    const { clock, configure, running } = monitorBench();
    configure({});
    clock.advance(1_000_000);
    assert.equal(running.length, 0);
    assert.equal(clock.pending(), 0);
  });

  it("checks every endpoint soon after something shows it, and again after its interval", async () => {
    const { clock, configure, monitor, running, started } = monitorBench();
    configure({ id: "a", checkEverySeconds: 60 });
    monitor.setActive(true);
    clock.advance(100);
    await running[0]?.end();
    clock.advance(59_000);
    assert.equal(started.get("a"), 1);
    clock.advance(2000);
    assert.equal(started.get("a"), 2);
  });

  it("stops when nothing shows it any more, and lets what is in flight end", async () => {
    const { clock, configure, monitor, running, store } = monitorBench();
    configure({ id: "a" });
    monitor.setActive(true);
    clock.advance(100);
    monitor.setActive(false);
    assert.equal(running[0]?.signal.aborted, false);
    await running[0].end();
    assert.equal(store.health("a").state, "up");
    clock.advance(1_000_000);
    assert.equal(running.length, 0);
    assert.equal(clock.pending(), 0);
  });

  it("never has more than one timer, with 1,000 endpoints coming, checked and going", async () => {
    const { clock, configure, monitor, running } = monitorBench();
    let most = 0;
    const look = (): void => void (most = Math.max(most, clock.pending()));
    configure(...many(1000));
    monitor.setActive(true);
    for (let round = 0; round < 8; round++) {
      look();
      clock.advance(60);
      look();
      for (const check of [...running]) {
        void check.end(round % 2 === 0 ? "up" : "down");
      }
      await settled();
    }
    configure(...many(10));
    look();
    assert.equal(most, 1);
  });

  it("has at most 256 checks in flight, and goes on as they end", async () => {
    const { clock, configure, monitor, running, started } = monitorBench();
    configure(...many(300));
    monitor.setActive(true);
    clock.advance(100);
    assert.equal(running.length, 256);
    await running[0]?.end();
    assert.equal(running.length, 256);
    assert.equal(started.size, 257);
  });

  it("has at most 4 checks in flight for one origin, and others do not wait for it", async () => {
    const { clock, configure, monitor, running } = monitorBench();
    const slow = Array.from({ length: 9 }, (_, index) => ({
      id: `slow${index}`,
      baseUrl: `http://slow/v${index}`,
    }));
    configure(...slow, { id: "quick", baseUrl: "http://quick/v1" });
    monitor.setActive(true);
    clock.advance(100);
    assert.deepEqual(
      running.map(({ endpoint }) => endpoint.id),
      ["slow0", "slow1", "slow2", "slow3", "quick"],
    );
    await running[0]?.end();
    assert.equal(running.at(-1)?.endpoint.id, "slow4");
  });

  it("asks a dead endpoint ever more rarely, and as before once it answers", async () => {
    const { clock, configure, monitor, running } = monitorBench();
    configure({ id: "a", checkEverySeconds: 60 });
    monitor.setActive(true);
    clock.advance(100);
    const waits: number[] = [];
    for (const state of ["down", "down", "down", "down", "down", "up", "up"] as const) {
      await running[0]?.end(state);
      const endedMs = clock.now();
      while (running.length === 0) {
        clock.advance(1000);
      }
      waits.push(Math.round((clock.now() - endedMs) / 1000));
    }
    assert.deepEqual(waits, [120, 240, 480, 600, 600, 60, 60]);
  });

  it("does not check in the background what has the check turned off", () => {
    const { clock, configure, monitor, running } = monitorBench();
    configure({ checkEverySeconds: 0 });
    monitor.setActive(true);
    clock.advance(1_000_000);
    assert.equal(running.length, 0);
  });

  it("stops checking once the check is turned off in the settings", async () => {
    const { clock, configure, monitor, running } = monitorBench();
    configure({ id: "a" });
    monitor.setActive(true);
    clock.advance(100);
    await running[0]?.end();
    configure({ id: "a", checkEverySeconds: 0 });
    clock.advance(1_000_000);
    assert.equal(running.length, 0);
  });

  it("stops checking once the check is turned off while one is in flight", async () => {
    const { clock, configure, monitor, running } = monitorBench();
    configure({ id: "a" });
    monitor.setActive(true);
    clock.advance(100);
    configure({ id: "a", checkEverySeconds: 0 });
    await running[0]?.end();
    clock.advance(1_000_000);
    assert.equal(running.length, 0);
  });

  it("follows an interval that was shortened, without waiting for the old one", async () => {
    const { clock, configure, monitor, running, started } = monitorBench();
    configure({ id: "a", checkEverySeconds: 3600 });
    monitor.setActive(true);
    clock.advance(100);
    await running[0]?.end();
    configure({ id: "a", checkEverySeconds: 10 });
    clock.advance(11_000);
    assert.equal(started.get("a"), 2);
  });

  it("checks a new endpoint at once and leaves the others to their schedule", async () => {
    const { clock, configure, monitor, running, started } = monitorBench();
    configure({ id: "a", baseUrl: "http://a/v1" });
    monitor.setActive(true);
    clock.advance(100);
    await running[0]?.end();
    configure({ id: "a", baseUrl: "http://a/v1" }, { id: "b", baseUrl: "http://b/v1" });
    clock.advance(100);
    assert.deepEqual([started.get("a"), started.get("b")], [1, 1]);
  });

  const edits: readonly { name: string; fields: Partial<Endpoint> }[] = [
    { name: "base URL", fields: { baseUrl: "http://elsewhere/v1" } },
    { name: "key source", fields: { key: { from: "env", name: "KEY" } } },
    { name: "headers", fields: { headers: { a: "1" } } },
    { name: "TLS options", fields: { tls: { verify: false } } },
  ];
  for (const { name, fields } of edits) {
    it(`ends the check of an endpoint whose ${name} changed, forgets it and checks again`, async () => {
      const { clock, configure, monitor, running, started, store } = monitorBench();
      configure({ id: "a" });
      monitor.setActive(true);
      clock.advance(100);
      const [old] = running;
      configure({ id: "a", ...fields });
      assert.equal(old?.signal.aborted, true);
      await old.end("down");
      assert.equal(store.health("a").state, "unknown");
      clock.advance(100);
      assert.equal(started.get("a"), 2);
      await running[0]?.end("up");
      assert.equal(store.health("a").state, "up");
    });
  }

  it("lets a check go on when only the name changed", async () => {
    const { clock, configure, monitor, running, store } = monitorBench();
    configure({ id: "a" });
    monitor.setActive(true);
    clock.advance(100);
    configure({ id: "a", name: "Renamed" });
    assert.equal(running[0]?.signal.aborted, false);
    await running[0].end("up");
    assert.equal(store.health("a").state, "up");
  });

  it("ends the check of an endpoint that was removed, and never asks it again", async () => {
    const { clock, configure, monitor, running } = monitorBench();
    configure({ id: "a" });
    monitor.setActive(true);
    clock.advance(100);
    const [check] = running;
    configure();
    assert.equal(check?.signal.aborted, true);
    await check.end("down");
    clock.advance(1_000_000);
    assert.equal(running.length, 0);
    assert.equal(clock.pending(), 0);
  });

  it("checks an endpoint now when told to, though nothing shows it and its check is off", async () => {
    const { clock, configure, monitor, running, store } = monitorBench();
    configure({ id: "a", checkEverySeconds: 0 });
    monitor.checkNow(["a", "no such endpoint"]);
    assert.equal(running.length, 1);
    assert.equal(store.health("a").activity, "checking");
    await running[0]?.end();
    assert.equal(store.health("a").activity, "idle");
    clock.advance(1_000_000);
    assert.equal(running.length, 0);
  });

  it("checks nothing else when told to check one while nothing shows them", async () => {
    const { clock, configure, monitor, running, started } = monitorBench();
    configure({ id: "a", baseUrl: "http://a/v1" }, { id: "b", baseUrl: "http://b/v1" });
    monitor.setActive(true);
    clock.advance(100);
    for (const check of [...running]) {
      await check.end();
    }
    monitor.setActive(false);
    clock.advance(1_000_000);
    monitor.checkNow(["a"]);
    await running[0]?.end();
    assert.deepEqual([started.get("a"), started.get("b")], [2, 1]);
  });

  it("checks once more when told to while a check is in flight, for that one began before", async () => {
    const { configure, monitor, running, started } = monitorBench();
    configure({ id: "a" });
    monitor.checkNow(["a"]);
    monitor.checkNow(["a"]);
    assert.equal(running.length, 1);
    await running[0]?.end("down");
    assert.equal(started.get("a"), 2);
    await running[0]?.end("up");
    assert.equal(started.get("a"), 2);
  });

  it("says that it is checking, and keeps what was known meanwhile", async () => {
    const { clock, configure, monitor, running, store } = monitorBench();
    configure({ id: "a" });
    monitor.checkNow(["a"]);
    await running[0]?.end("down");
    monitor.checkNow(["a"]);
    const { state, activity } = store.health("a");
    assert.deepEqual([state, activity, clock.pending()], ["down", "checking", 0]);
  });

  it("goes on with the others, and later with this one, when a check throws", async () => {
    const store = new EndpointStore();
    const clock = fakeClock();
    let calls = 0;
    const monitor = new HealthMonitor({
      store,
      clock,
      random: () => 0.5,
      check: () => (++calls === 1 ? Promise.reject(new Error("broken")) : Promise.resolve(unknownHealth)),
    });
    store.replace([{ kind: "valid", endpoint: anEndpoint({ id: "a" }) }]);
    monitor.setActive(true);
    clock.advance(100);
    await settled();
    assert.equal(store.health("a").activity, "idle");
    clock.advance(61_000);
    await settled();
    assert.equal(calls, 2);
  });

  it("ends what is in flight when it is disposed, and starts nothing more", async () => {
    const { clock, configure, monitor, running, started } = monitorBench();
    configure({ id: "a" });
    monitor.setActive(true);
    clock.advance(100);
    const [check] = running;
    monitor.dispose();
    assert.equal(check?.signal.aborted, true);
    await check.end("down");
    configure({ id: "a" }, { id: "b" });
    monitor.setActive(true);
    monitor.checkNow(["a", "b"]);
    clock.advance(1_000_000);
    assert.deepEqual([...started], [["a", 1]]);
    assert.equal(clock.pending(), 0);
  });
});
