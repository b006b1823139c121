/** The one place that knows endpoints, their health and their last reports. Tree, status bar and panels draw it. */

import { judgeExposed } from "../diagnosis/judgeExposed.ts";
import type { Report } from "../diagnosis/report.ts";
import type { Endpoint } from "./endpoint.ts";
import { type Health, unknownHealth } from "./health.ts";
import type { EndpointEntry } from "./parseSettings.ts";

/** `list`: endpoints came, went or were edited. `endpoint`: what is known of one changed. */
export type StoreChange = { readonly kind: "list" } | { readonly kind: "endpoint"; readonly id: string };

export class EndpointStore {
  #entries: readonly EndpointEntry[] = [];
  #endpoints: ReadonlyMap<string, Endpoint> = new Map();
  readonly #health = new Map<string, Health>();
  readonly #reports = new Map<string, Report>();
  readonly #listeners = new Set<(change: StoreChange) => void>();

  entries(): readonly EndpointEntry[] {
    return this.#entries;
  }

  endpoints(): readonly Endpoint[] {
    return [...this.#endpoints.values()];
  }

  endpoint(id: string): Endpoint | undefined {
    return this.#endpoints.get(id);
  }

  /** What the last check found, and what stands in the settings. */
  health(id: string): Health {
    const health = this.#health.get(id) ?? unknownHealth;
    const [inSettings] = judgeExposed(this.#endpoints.get(id) ?? { exposed: [] });
    if (inSettings === undefined) {
      return health;
    }
    const findings = [...health.findings.filter(({ code }) => code !== inSettings.code), inSettings];
    return { ...health, findings, state: health.state === "up" ? "attention" : health.state };
  }

  report(id: string): Report | undefined {
    return this.#reports.get(id);
  }

  /** Takes new settings. What was known of an endpoint is kept unless the way to it changed. */
  replace(entries: readonly EndpointEntry[]): void {
    const before = this.#endpoints;
    this.#entries = entries;
    this.#endpoints = new Map(
      entries.flatMap((entry) =>
        entry.kind === "valid" ? [[entry.endpoint.id, entry.endpoint] as const] : [],
      ),
    );
    for (const [id, old] of before) {
      const now = this.#endpoints.get(id);
      if (now === undefined || !sameConnection(now, old)) {
        this.#health.delete(id);
        this.#reports.delete(id);
      }
    }
    this.#fire({ kind: "list" });
  }

  /** Ignored when the endpoint has gone meanwhile. */
  setHealth(id: string, health: Health): void {
    if (this.#endpoints.has(id)) {
      this.#health.set(id, health);
      this.#fire({ kind: "endpoint", id });
    }
  }

  /** Ignored when the endpoint has gone, or was moved to another address while the test ran. */
  setReport(id: string, report: Report): void {
    if (this.#endpoints.get(id)?.baseUrl === report.baseUrl) {
      this.#reports.set(id, report);
      this.#fire({ kind: "endpoint", id });
    }
  }

  /** Returns a function that stops listening. */
  onChange(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #fire(change: StoreChange): void {
    for (const listener of this.#listeners) {
      listener(change);
    }
  }
}

/** Does a check of the one still say something about the other? */
export function sameConnection(a: Endpoint, b: Endpoint): boolean {
  return connection(a) === connection(b);
}

function connection({ baseUrl, protocol, key, headers, tls, proxy, models, exposed }: Endpoint): string {
  return JSON.stringify([baseUrl, protocol, key, headers, tls, proxy, models, exposed]);
}
