/** A HealthMonitor whose checks end when the test says so, on a clock that moves when the test says so. */

import type { Endpoint } from "../../src/core/endpoint/endpoint.ts";
import { EndpointStore } from "../../src/core/endpoint/endpointStore.ts";
import { type Health, unknownHealth } from "../../src/core/endpoint/health.ts";
import { HealthMonitor } from "../../src/core/endpoint/healthMonitor.ts";
import { anEndpoint, fakeClock, settled, type FakeClock } from "./builders.ts";

interface Check {
  readonly endpoint: Endpoint;
  readonly signal: AbortSignal;
  /** Ends the check, and lets the monitor go on. */
  end(state?: "up" | "down"): Promise<void>;
}

interface Bench {
  readonly store: EndpointStore;
  readonly clock: FakeClock;
  readonly monitor: HealthMonitor;
  /** Checks in flight, in the order they were started. */
  readonly running: Check[];
  /** How many checks were started so far, by endpoint id. */
  readonly started: Map<string, number>;
  readonly configure: (...endpoints: readonly Partial<Endpoint>[]) => void;
}

/** The jitter is none. */
export function monitorBench(): Bench {
  const store = new EndpointStore();
  const clock = fakeClock();
  const running: Check[] = [];
  const started = new Map<string, number>();
  const check = (endpoint: Endpoint, previous: Health, signal: AbortSignal): Promise<Health> =>
    new Promise((resolve) => {
      started.set(endpoint.id, (started.get(endpoint.id) ?? 0) + 1);
      const entry: Check = {
        endpoint,
        signal,
        async end(state = "up") {
          running.splice(running.indexOf(entry), 1);
          const failures = state === "down" ? previous.failures + 1 : 0;
          resolve({ ...unknownHealth, state, failures, checkedAtMs: clock.epochMs() });
          await settled();
        },
      };
      running.push(entry);
    });
  const monitor = new HealthMonitor({ store, check, clock, random: () => 0.5 });
  const configure = (...endpoints: readonly Partial<Endpoint>[]): void =>
    store.replace(endpoints.map((fields) => ({ kind: "valid", endpoint: anEndpoint(fields) })));
  return { store, clock, monitor, running, started, configure };
}
