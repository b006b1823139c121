/** Runs background checks: due ones only, few at a time for one origin, with one timer for all. */

import type { Clock, Random } from "../ports.ts";
import { nextDelayMs } from "./backoff.ts";
import { originOf } from "./baseUrl.ts";
import type { Endpoint } from "./endpoint.ts";
import { type EndpointStore, sameConnection } from "./endpointStore.ts";
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
  /** Told to check now; these run though nothing shows them. */
  readonly #asked = new Set<string>();
  readonly #running = new Map<string, { readonly endpoint: Endpoint; readonly abort: AbortController }>();
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
      this.#asked.add(id);
      this.#due.set(id, this.#ports.clock.now());
    }
    this.#pump();
  }

  dispose(): void {
    this.#disposed = true;
    this.#stopListening();
    this.#cancelTimer?.();
    for (const { abort } of this.#running.values()) {
      abort.abort();
    }
  }

  /** Checks of endpoints that went or changed are ended; new and changed ones are due at once. */
  #reschedule(): void {
    const { store } = this.#ports;
    for (const [id, { endpoint, abort }] of this.#running) {
      const now = store.endpoint(id);
      if (now === undefined || !sameConnection(now, endpoint)) {
        abort.abort();
      }
    }
    for (const endpoint of this.#active ? store.endpoints() : []) {
      this.#follow(endpoint);
    }
    this.#pump();
  }

  /** Brings the schedule in line with the settings: at once where nothing is known, sooner where the interval is shorter now. */
  #follow(endpoint: Endpoint): void {
    const { store, clock, random } = this.#ports;
    const { id } = endpoint;
    if (this.#running.has(id) || this.#asked.has(id)) {
      return;
    }
    const health = store.health(id);
    const delay = nextDelayMs(endpoint.checkEverySeconds, health, random);
    if (delay === undefined) {
      this.#due.delete(id);
      return;
    }
    const soon = health.state === "unknown" ? settleMs : delay;
    this.#due.set(id, Math.min(this.#due.get(id) ?? Infinity, clock.now() + soon));
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
      } else if (this.#running.size < mostInFlight && (this.#active || this.#asked.has(id))) {
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
      this.#asked.delete(id);
      return;
    }
    const origin = originOf(endpoint.baseUrl) ?? endpoint.baseUrl;
    const inFlight = this.#perOrigin.get(origin) ?? 0;
    if (inFlight >= mostPerOrigin || this.#running.has(id)) {
      return;
    }
    this.#due.delete(id);
    this.#asked.delete(id);
    this.#perOrigin.set(origin, inFlight + 1);
    void this.#run(endpoint).finally(() => {
      this.#perOrigin.set(origin, (this.#perOrigin.get(origin) ?? 1) - 1);
      this.#pump();
    });
  }

  async #run(endpoint: Endpoint): Promise<void> {
    const { store, check, clock, random } = this.#ports;
    const { id } = endpoint;
    const abort = new AbortController();
    this.#running.set(id, { endpoint, abort });
    const before = store.health(id);
    store.setHealth(id, { ...before, activity: "checking" });
    // A check that breaks its promise and throws must not end all later ones.
    const health = await check(endpoint, before, abort.signal).catch(() => before);
    this.#running.delete(id);
    if (!abort.signal.aborted) {
      store.setHealth(id, health);
    }
    // Edited while it ran: the result is about another endpoint than the one in the store.
    const every = store.endpoint(id)?.checkEverySeconds ?? 0;
    const delay = abort.signal.aborted ? settleMs : nextDelayMs(every, health, random);
    if (delay !== undefined && !this.#asked.has(id)) {
      this.#due.set(id, clock.now() + delay);
    }
  }
}
