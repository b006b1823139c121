/**
 * What the Endpoints view asks of core for 1,000 endpoints, 300 refused, 300 silent and 400 up: all top rows
 * (`getChildren`), and each row once more (`getTreeItem`); and the parsing of their settings; each against
 * `JSON.stringify` of the same settings.
 */
import { EndpointStore } from "../src/core/endpoint/endpointStore.ts";
import type { Health } from "../src/core/endpoint/health.ts";
import { joinEntries, parseEndpoints } from "../src/core/endpoint/parseSettings.ts";
import { entryRow, topRows } from "../src/core/endpoint/rows.ts";
import type { Suite } from "./figure.ts";
import { compare } from "./rounds.ts";

const count = 1_000;
/** JSON.stringify takes a fraction of a millisecond, less than what a timer resolves under load. */
const repeats = 20;
const formatter = new Intl.DateTimeFormat("en", { timeStyle: "medium" });
const formatDate = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);
const context = { formatTime: (epochMs: number) => formatter.format(epochMs), formatDate, demoId: undefined };

export const tree: Suite = {
  name: "tree",
  title: "1,000 endpoints: rows and settings against JSON.stringify of the settings",
  run: () => {
    const settings = settingsOf(count);
    const store = storeOf(settings);
    const oneJson = (): number => {
      const began = performance.now();
      for (let repeat = 0; repeat < repeats; repeat++) JSON.stringify(settings);
      return (performance.now() - began) / repeats;
    };
    return compare({
      suite: "tree",
      base: { name: "JSON.stringify", work: oneJson },
      others: {
        "top rows": () => void topRows(store, context),
        "top rows, then each row again": () => {
          topRows(store, context);
          for (const entry of store.entries()) entryRow(entry, store, { ...context });
        },
        "parse settings": () => void joinEntries(parseEndpoints(settings, "user")),
        "store.replace with the same": () => store.replace(store.entries()),
      },
      rounds: 25,
      warmUps: 5,
    });
  },
};

/** Entries as a person would write them; every second one with all its fields. */
function settingsOf(length: number): readonly unknown[] {
  return Array.from({ length }, (_, index) => ({
    id: `endpoint-${index}`,
    name: `Endpoint ${index}`,
    baseUrl: `http://10.0.${index >> 8}.${index & 255}:8000/v1`,
    models: { chat: "Qwen3-8B", embedding: "Qwen3-Embedding-4B" },
    key: { from: "none" },
    ...(index % 2 === 0
      ? {
          protocol: "openai",
          headers: { "X-Team": "search" },
          tls: { verify: true },
          timeouts: { connectMs: 5000, firstByteMs: 60_000, idleMs: 120_000 },
          checkEverySeconds: 60,
        }
      : {}),
  }));
}

function storeOf(settings: readonly unknown[]): EndpointStore {
  const store = new EndpointStore();
  store.replace(joinEntries(parseEndpoints(settings, "user")));
  for (const [index, endpoint] of store.endpoints().entries()) store.setHealth(endpoint.id, healthOf(index));
  return store;
}

function healthOf(index: number): Health {
  const checkedAtMs = 1_763_700_000_000 + index;
  const kind = index % 10;
  if (kind > 5)
    return { state: "up", activity: "idle", latencyMs: 12, checkedAtMs, findings: [], failures: 0 };
  const code = kind < 3 ? "connect.refused" : "http.timeout";
  const finding = { code, severity: "blocker", evidence: ["GET /v1/models"], fixes: [] } as const;
  return { state: "down", activity: "idle", checkedAtMs, findings: [finding], failures: 1 };
}
