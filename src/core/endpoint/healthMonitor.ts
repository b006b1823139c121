/** Runs background checks: due ones only, few at a time for one origin, with one timer for all. */

import type { Clock, Random } from "../ports.ts";
import { nextDelayMs } from "./backoff.ts";
import { originOf } from "./baseUrl.ts";
import type { Endpoint } from "./endpoint.ts";
import type { EndpointStore } from "./endpointStore.ts";
import type { Health } from "./health.ts";

/** Connections in flight: few enough for file handles, many enough that dead hosts do not hold up the rest. */
const mostInFlight = 256;
const mostPerOrigin = 4;

/** A settings change brings many events at once; endpoints new in the list are due after this. */
const settleMs = 50;

export type CheckHealth = (endpoint: Endpoint, previous: Health, signal: AbortSignal) => Promise<Health>;

interface MonitorPorts {
  readonly store: EndpointStore;
  readonly check: CheckHealth;
  readonly clock: Clock;
  readonly random: Random;
}

export class HealthMonitor {
  readonly #ports: MonitorPorts;
  /** When each endpoint is due, on the clock's scale. Absent: not scheduled. */
  readonly #due = new Map<string, number>();
  readonly #running = new Map<string, AbortController>();
  readonly #perOrigin = new Map<string, number>();
  #active = false;
  #disposed = false;
  #cancelTimer: (() => void) | undefined;
  readonly #stopListening: () => void;

  constructor(ports: MonitorPorts) {
    this.#ports = ports;
    this.#stopListening = ports.store.onChange((change) => {
      if (change.kind === "list") {
        this.#reschedule();
      }
    });
  }

  /** Checks run only while something shows them. Pausing lets what is in flight end. */
  setActive(active: boolean): void {
    if (active !== this.#active) {
      this.#active = active;
      this.#reschedule();
    }
  }

  /** Checks these endpoints soon, whatever their schedule, even when background checks are off. */
  checkNow(ids: readonly string[]): void {
    for (const id of ids) {
      this.#due.set(id, this.#ports.clock.now());
    }
    this.#pump();
  }

  dispose(): void {
    this.#disposed = true;
    this.#stopListening();
    this.#cancelTimer?.();
    for (const running of this.#running.values()) {
      running.abort();
    }
  }

  /** Endpoints that went are forgotten and their checks ended; new and changed ones are due at once. */
  #reschedule(): void {
    const { store, clock } = this.#ports;
    for (const id of new Set([...this.#due.keys(), ...this.#running.keys()])) {
      if (store.endpoint(id) === undefined) {
        this.#due.delete(id);
        this.#running.get(id)?.abort();
      }
    }
    for (const endpoint of this.#active ? store.endpoints() : []) {
      const isNew = !this.#due.has(endpoint.id) || store.health(endpoint.id).state === "unknown";
      if (isNew && endpoint.checkEverySeconds > 0 && !this.#running.has(endpoint.id)) {
        this.#due.set(endpoint.id, clock.now() + settleMs);
      }
    }
    this.#pump();
  }

  /** Starts what is due and may run, then sets the one timer for the next. */
  #pump(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#disposed) {
      return;
    }
    const now = this.#ports.clock.now();
    let next = Infinity;
    for (const [id, due] of this.#due) {
      if (due > now) {
        next = Math.min(next, due);
      } else if (this.#running.size < mostInFlight) {
        this.#tryStart(id);
      }
    }
    if (next !== Infinity && this.#active) {
      this.#cancelTimer = this.#ports.clock.after(next - now, () => this.#pump());
    }
  }

  #tryStart(id: string): void {
    const endpoint = this.#ports.store.endpoint(id);
    if (endpoint === undefined) {
      this.#due.delete(id);
      return;
    }
    const origin = originOf(endpoint.baseUrl) ?? endpoint.baseUrl;
    const inFlight = this.#perOrigin.get(origin) ?? 0;
    if (inFlight >= mostPerOrigin || this.#running.has(id)) {
      return;
    }
    this.#due.delete(id);
    this.#perOrigin.set(origin, inFlight + 1);
    void this.#run(endpoint).finally(() => {
      this.#perOrigin.set(origin, (this.#perOrigin.get(origin) ?? 1) - 1);
      this.#pump();
    });
  }

  async #run(endpoint: Endpoint): Promise<void> {
    const { store, check, clock, random } = this.#ports;
    const abort = new AbortController();
    this.#running.set(endpoint.id, abort);
    const before = store.health(endpoint.id);
    store.setHealth(endpoint.id, { ...before, activity: "checking" });
    const health = await check(endpoint, before, abort.signal);
    this.#running.delete(endpoint.id);
    // Edited while it ran: the result is about another endpoint than the one in the store.
    if (abort.signal.aborted || store.endpoint(endpoint.id)?.baseUrl !== endpoint.baseUrl) {
      this.#due.set(endpoint.id, clock.now() + settleMs);
      return;
    }
    store.setHealth(endpoint.id, health);
    const delay = nextDelayMs(endpoint.checkEverySeconds, health, random);
    if (delay !== undefined) {
      this.#due.set(endpoint.id, clock.now() + delay);
    }
  }
}
