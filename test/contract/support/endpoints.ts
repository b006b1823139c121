import type { Endpoint } from "../../../src/core/endpoint/endpoint.ts";
import type { Credentials, HttpRequest, KeyVault } from "../../../src/core/ports.ts";
import type { Timeouts } from "../../../src/core/endpoint/timeouts.ts";

/** Long enough that none fires on a busy machine; a test shortens the one it is about. */
export const patient: Timeouts = { connectMs: 15_000, firstByteMs: 15_000, idleMs: 15_000 };

/** An endpoint as the settings parser would make it, for all three tasks. */
export function endpointAt(baseUrl: string, fields: Partial<Endpoint> = {}): Endpoint {
  return {
    id: "under-test",
    name: "Under test",
    baseUrl,
    protocol: "openai",
    models: { chat: "qwen-test", embedding: "qwen-test" },
    key: { from: "secret" },
    headers: {},
    tls: { verify: true },
    timeouts: patient,
    checkEverySeconds: 60,
    scope: "user",
    exposed: [],
    ...fields,
  };
}

export function keyed(value: string, headers: Readonly<Record<string, string>> = {}): Credentials {
  return { key: { kind: "key", value }, headers };
}

export const keyless: Credentials = { key: { kind: "none" }, headers: {} };

export function vaultOf(credentials: Credentials): KeyVault {
  return { read: () => Promise.resolve(credentials), refused: () => undefined };
}

/** A GET without a key and with patient timers. */
export function getRequest(url: string, fields: Partial<HttpRequest> = {}): HttpRequest {
  return { method: "GET", url, headers: {}, timeouts: patient, maxBytes: 1_000_000, ...fields };
}

/** A signal that nobody aborts. */
export function unaborted(): AbortSignal {
  return new AbortController().signal;
}

/** The rest of a diagnosis' subject: a named task, asked from here. */
export const asked = { taskChoice: "named", machine: "this computer", platform: process.platform } as const;
