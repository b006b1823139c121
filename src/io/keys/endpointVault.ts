/** What an endpoint may send: its key and its headers, read from their sources and made known to the redactor. */

import { originOf } from "../../core/endpoint/baseUrl.ts";
import type { Redactor } from "../../core/diagnosis/redact.ts";
import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import type { Credentials, KeyReading, KeyVault } from "../../core/ports.ts";
import type { KeyOwner } from "./keyStore.ts";
import { type KeySources, nameSource, readKeySource } from "./keySources.ts";

interface VaultPorts extends KeySources {
  readonly redactor: Redactor;
  /** Undefined without a workspace. */
  readonly workspaceId: string | undefined;
  /** Has the user agreed that this workspace's endpoint may use a source of the user's? */
  readonly hasConsent: (endpoint: Endpoint) => boolean;
}

/** How long what a command printed is used again, so that a background check does not run it every minute. */
const commandKeptMs = 5 * 60_000;

export function endpointVault(ports: VaultPorts): KeyVault {
  const printed = new Map<string, { readonly atMs: number; readonly reading: KeyReading }>();

  const readKey = async (endpoint: Endpoint): Promise<KeyReading> => {
    if (needsConsent(endpoint) && !ports.hasConsent(endpoint)) {
      return { kind: "needs-consent", where: nameSource(endpoint.key) };
    }
    const name = JSON.stringify(endpoint.key);
    const old = endpoint.key.from === "command" ? printed.get(name) : undefined;
    if (old !== undefined && performance.now() - old.atMs < commandKeptMs) {
      return old.reading;
    }
    const reading = await readSafely(endpoint, ports);
    if (endpoint.key.from === "command" && reading.kind === "key") {
      printed.set(name, { atMs: performance.now(), reading });
    }
    return reading;
  };

  return {
    async read(endpoint): Promise<Credentials> {
      const key = await readKey(endpoint);
      if (key.kind === "key") {
        ports.redactor.know(key.value);
        ports.redactor.know(key.value.trim());
      }
      return { key, headers: await readHeaders(endpoint, ports) };
    },
  };
}

/** A key entered for a workspace's endpoint is kept apart from the user's own of the same id. */
export function ownerOf(endpoint: Endpoint, workspaceId: string | undefined): KeyOwner {
  return endpoint.scope === "workspace" && workspaceId !== undefined
    ? { endpointId: endpoint.id, workspaceId }
    : { endpointId: endpoint.id };
}

/** Secrets are stored for the workspace by hand, which is consent; the other sources reach for what is the user's. */
export function needsConsent({ scope, key, headers }: Endpoint): boolean {
  const reaches = key.from !== "none" && key.from !== "secret";
  return scope === "workspace" && (reaches || Object.values(headers).some((value) => template.test(value)));
}

async function readSafely(endpoint: Endpoint, ports: VaultPorts): Promise<KeyReading> {
  try {
    return await readKeySource(endpoint, ownerOf(endpoint, ports.workspaceId), ports);
  } catch (error) {
    return { kind: "failed", where: nameSource(endpoint.key), reason: reasonOf(error) };
  }
}

/** The system's code, a command's exit code or the signal that ended it; a message could quote the key. */
function reasonOf(error: unknown): string {
  const { code, signal } = error as { readonly code?: unknown; readonly signal?: unknown };
  const reason = code ?? signal;
  return typeof reason === "string" || typeof reason === "number" ? String(reason) : "failed";
}

const template = /\$\{(secret|env):([^}]+)\}/;
const everyTemplate = new RegExp(template, "g");

/** Fills in `${secret:NAME}` and `${env:NAME}`. A header whose value is not to be had is left out, not sent empty. */
async function readHeaders(endpoint: Endpoint, ports: VaultPorts): Promise<Readonly<Record<string, string>>> {
  const filled: Record<string, string> = {};
  const isAllowed = !needsConsent(endpoint) || ports.hasConsent(endpoint);
  for (const [name, value] of Object.entries(endpoint.headers)) {
    const whole = isAllowed || !template.test(value) ? await fill(value, endpoint, ports) : undefined;
    if (whole !== undefined) {
      filled[name] = whole;
      // A key written into the settings in clear is a secret all the same.
      if (/authorization|cookie|key|token|secret/i.test(name)) {
        ports.redactor.know(whole.replace(/^(bearer|basic)\s+/i, ""));
      }
    }
  }
  return filled;
}

async function fill(value: string, { baseUrl }: Endpoint, ports: VaultPorts): Promise<string | undefined> {
  const secrets = new Map<string, string>();
  for (const [whole, kind, name = ""] of value.matchAll(everyTemplate)) {
    const secret =
      kind === "env" ? ports.env[name] : await readNamedSafely(name, originOf(baseUrl) ?? "", ports);
    if (secret === undefined || secret === "") {
      return undefined;
    }
    ports.redactor.know(secret);
    secrets.set(whole, secret);
  }
  return value.replace(everyTemplate, (whole) => secrets.get(whole) ?? whole);
}

/** A secret storage that fails has nothing to give: the header is left out, and the check goes on. */
async function readNamedSafely(
  name: string,
  origin: string,
  { store }: VaultPorts,
): Promise<string | undefined> {
  try {
    return await store.readNamed(name, origin);
  } catch {
    return undefined;
  }
}
