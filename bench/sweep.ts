/**
 * One background sweep over 1,000 endpoints on loopback, each an origin of its own, of which 300 refuse, 300 accept and
 * never answer and 400 answer: the real HealthMonitor, checkHealth and nodeHttp, against the time-out of 1.5 s for the
 * first byte. A sweep of its own, not timed, counts timers and memory.
 */
import { createHook } from "node:async_hooks";
import { fork } from "node:child_process";
import { connect } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { checkHealth } from "../src/core/endpoint/checkHealth.ts";
import { EndpointStore } from "../src/core/endpoint/endpointStore.ts";
import { HealthMonitor } from "../src/core/endpoint/healthMonitor.ts";
import { parseEndpoints } from "../src/core/endpoint/parseSettings.ts";
import type { KeyVault } from "../src/core/ports.ts";
import { nodeClock } from "../src/io/nodeClock.ts";
import { nodeHttp } from "../src/io/nodeHttp.ts";
import { inProject } from "../dev/paths.ts";
import { measured, type Figure, type Suite } from "./figure.ts";

const counts = { refusing: 300, silent: 300, answering: 400 };
const total = counts.refusing + counts.silent + counts.answering;
const timeoutMs = 1_500;
const rounds = 5;

export const sweep: Suite = {
  name: "sweep",
  title: `${total} endpoints, 300 refuse, 300 never answer, 400 answer, against the time-out of ${timeoutMs} ms`,
  run: async () => {
    const servers = await startServers();
    try {
      const swept: Swept[] = [];
      for (let round = -1; round < rounds; round++) {
        const one = await sweepOnce(servers.urls);
        if (round >= 0) swept.push(one);
      }
      return [...timesOf(swept), ...(await countOnce(servers.urls))];
    } finally {
      servers.stop();
    }
  },
};

type Swept = {
  readonly allMs: number;
  readonly upMs: number;
  readonly halfUpMs: number;
  readonly cpuMs: number;
  readonly blockedMs: number;
};

function timesOf(swept: readonly Swept[]): readonly Figure[] {
  const figure = (what: string, against: string, of: (one: Swept) => number): Figure => {
    const unit = against === "" ? "ms" : "times";
    return { suite: "sweep", what, against, unit, ...measured(swept.map(of)) };
  };
  return [
    figure("all 1,000 known", "time-out", ({ allMs }) => allMs / timeoutMs),
    figure("the last that answers known", "time-out", ({ upMs }) => upMs / timeoutMs),
    figure("half of those that answer known", "time-out", ({ halfUpMs }) => halfUpMs / timeoutMs),
    figure("CPU time of the sweep", "time-out", ({ cpuMs }) => cpuMs / timeoutMs),
    figure("longest block of the event loop", "", ({ blockedMs }) => blockedMs),
  ];
}

async function sweepOnce(urls: readonly string[]): Promise<Swept> {
  const { store, start, stop } = build(urls);
  const blocked = monitorEventLoopDelay({ resolution: 5 });
  const cpu = process.cpuUsage();
  blocked.enable();
  const began = performance.now();
  const upAt: number[] = [];
  const done = untilKnown(store, (id) => {
    if (store.health(id).state === "up") upAt.push(performance.now() - began);
  });
  start();
  await done;
  const allMs = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  blocked.disable();
  stop();
  if (upAt.length !== counts.answering) throw new Error(`${upAt.length} were found to answer.`);
  return {
    allMs,
    upMs: upAt.at(-1) ?? Number.NaN,
    halfUpMs: upAt[upAt.length / 2] ?? Number.NaN,
    cpuMs: (user + system) / 1000,
    blockedMs: blocked.max / 1e6,
  };
}

/** What is left of a sweep in memory, and the timers it made. Hooks and collections would spoil its times. */
async function countOnce(urls: readonly string[]): Promise<readonly Figure[]> {
  const collect = collector();
  // The connections of the sweeps before are closing still.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const before = collect();
  const timersBefore = liveTimers();
  let made = 0;
  let peak = 0;
  const hook = createHook({
    init: (_id, type) => {
      if (type !== "Timeout") return;
      made += 1;
      peak = Math.max(peak, liveTimers() - timersBefore);
    },
  });
  const { store, start, stop } = build(urls);
  const configured = collect();
  hook.enable();
  const done = untilKnown(store, () => undefined);
  start();
  await done;
  hook.disable();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const known = collect();
  const left = liveTimers() - timersBefore;
  stop();
  const figure = (what: string, unit: Figure["unit"], value: number): Figure => {
    return { suite: "sweep", what, against: "", unit, ...measured([value]) };
  };
  return [
    figure("heap an endpoint, configured", "KB", (configured - before) / total / 1024),
    figure("heap an endpoint, after the sweep, connections kept", "KB", (known - before) / total / 1024),
    figure("timers at once, at most", "", peak),
    figure("timers made an endpoint", "", made / total),
    figure("timers left after the sweep", "", left),
  ];
}

type Built = { readonly store: EndpointStore; readonly start: () => void; readonly stop: () => void };

function build(urls: readonly string[]): Built {
  const store = new EndpointStore();
  const http = nodeHttp();
  const clock = nodeClock;
  const random = (): number => 0.5;
  const check: ConstructorParameters<typeof HealthMonitor>[0]["check"] = (endpoint, previous, signal) =>
    checkHealth(endpoint, previous, { httpFor: () => http, vault, clock }, signal);
  const monitor = new HealthMonitor({ store, clock, random, check });
  store.replace(parseEndpoints(urls.map(entryOf), "user"));
  const stop = (): void => {
    monitor.dispose();
    http.dispose();
  };
  return { store, start: () => monitor.setActive(true), stop };
}

const vault: KeyVault = {
  read: () => Promise.resolve({ key: { kind: "none" }, headers: {} }),
  refused: () => undefined,
};

function entryOf(baseUrl: string, index: number): unknown {
  const timeouts = { connectMs: timeoutMs, firstByteMs: timeoutMs, idleMs: timeoutMs };
  return { id: `endpoint-${index}`, baseUrl, key: { from: "none" }, timeouts, checkEverySeconds: 600 };
}

/** Calls for every endpoint when its first check has ended; resolves after the last. */
function untilKnown(store: EndpointStore, known: (id: string) => void): Promise<void> {
  const waiting = new Set(store.endpoints().map(({ id }) => id));
  return new Promise((resolve) => {
    const stop = store.onChange((change) => {
      if (change.kind !== "endpoint" || store.health(change.id).checkedAtMs === undefined) return;
      if (waiting.delete(change.id)) known(change.id);
      if (waiting.size > 0) return;
      stop();
      resolve();
    });
  });
}

async function startServers(): Promise<{ readonly urls: readonly string[]; readonly stop: () => void }> {
  const refusing = await refusingPorts();
  const child = fork(inProject("bench", "sweepServers.ts"), [`${counts.answering}`, `${counts.silent}`]);
  const stop = (): void => void child.kill("SIGKILL");
  process.once("exit", stop);
  type Ports = Readonly<Record<"answering" | "silent", readonly number[]>>;
  const { answering, silent } = await new Promise<Ports>((resolve, reject) => {
    child.once("message", (ports) => resolve(ports as Ports));
    child.once("exit", (code) => reject(new Error(`The servers ended with ${code ?? "a signal"}.`)));
  });
  const urls = mixed([refusing, silent, answering]).map((port) => `http://127.0.0.1:${port}/v1`);
  return { urls, stop };
}

/** Ports on which nothing listens, below those that the system gives to anyone's connection meanwhile. */
async function refusingPorts(): Promise<readonly number[]> {
  const candidates = Array.from({ length: counts.refusing + 100 }, (_, index) => 300 + index);
  const refused = await Promise.all(
    candidates.map((port) => {
      return new Promise<readonly number[]>((resolve) => {
        const socket = connect(port, "127.0.0.1");
        socket.once("error", () => resolve([port]));
        socket.once("connect", () => {
          socket.destroy();
          resolve([]);
        });
      });
    }),
  );
  return refused.flat().slice(0, counts.refusing);
}

/** Evenly through one another, as in nobody's settings the dead ones stand together. */
function mixed(lists: readonly (readonly number[])[]): readonly number[] {
  const placed = lists.flatMap((list) =>
    list.map((port, index) => ({ port, at: (index + 0.5) / list.length })),
  );
  return placed.toSorted((a, b) => a.at - b.at).map(({ port }) => port);
}

function liveTimers(): number {
  return process.getActiveResourcesInfo().filter((type) => type === "Timeout").length;
}

/** A function that collects garbage and returns the bytes of heap that are left. */
function collector(): () => number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  return () => {
    collect();
    collect();
    return process.memoryUsage().heapUsed;
  };
}
