/** What an endpoint may send: its key and its headers, read from their sources and made known to the redactor. */

import { isLoopbackHost, originOf } from "../../core/endpoint/baseUrl.ts";
import type { Redactor } from "../../core/diagnosis/redact.ts";
import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import { nameSource } from "../../core/keys/keyLabel.ts";
import { consentName, needsConsent, template } from "../../core/keys/consent.ts";
import type { Agreements, Credentials, KeyOwner, KeyReading, KeyVault } from "../../core/ports.ts";
import type { Workspace } from "./workspace.ts";
import { type KeySources, readKeySource } from "./keySources.ts";

interface VaultPorts extends KeySources {
  readonly redactor: Redactor;
  readonly workspace: Workspace;
  readonly agreements: Agreements;
}

export function endpointVault(ports: VaultPorts): KeyVault {
  const printed = new Map<string, { readonly atMs: number; readonly reading: KeyReading }>();

  const readKey = async (endpoint: Endpoint): Promise<KeyReading> => {
    if (needsConsent(endpoint) && !ports.agreements.isGranted(consentName(endpoint))) {
      return { kind: "needs-consent", where: nameSource(endpoint.key) };
    }
    const name = JSON.stringify(endpoint.key);
    const old = endpoint.key.from === "command" ? printed.get(name) : undefined;
    const keptMs = endpoint.key.from === "command" ? endpoint.key.cacheSeconds * 1000 : 0;
    if (old !== undefined && performance.now() - old.atMs < keptMs) {
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
      const key = heldBack(await readKey(endpoint), endpoint, ports);
      if (key.kind === "key") {
        ports.redactor.know(key.value);
        ports.redactor.know(key.value.trim());
      }
      return { key, headers: await readHeaders(endpoint, ports) };
    },
    refused: (endpoint) => void printed.delete(JSON.stringify(endpoint.key)),
  };
}

/** A key that would travel unencrypted to another machine waits for the user's word. */
function heldBack(key: KeyReading, { baseUrl }: Endpoint, { agreements, redactor }: VaultPorts): KeyReading {
  const origin = originOf(baseUrl) ?? "";
  const isPlain = origin.startsWith("http:") && !isLoopbackHost(new URL(origin).hostname);
  if (key.kind !== "key" || !isPlain || agreements.mayTravelPlain(origin)) {
    return key;
  }
  redactor.know(key.value);
  return { kind: "plain-http", origin };
}

/** A key entered for a workspace's endpoint is kept apart from the user's own of the same id. */
export function ownerOf(endpoint: Endpoint, workspaceId: string | undefined): KeyOwner {
  return endpoint.scope === "workspace" && workspaceId !== undefined
    ? { endpointId: endpoint.id, workspaceId }
    : { endpointId: endpoint.id };
}

async function readSafely(endpoint: Endpoint, ports: VaultPorts): Promise<KeyReading> {
  try {
    return await readKeySource(endpoint, ownerOf(endpoint, ports.workspace.id), ports);
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

const everyTemplate = new RegExp(template, "g");

/** Fills in `${secret:NAME}` and `${env:NAME}`. A header whose value is not to be had is left out, not sent empty. */
async function readHeaders(endpoint: Endpoint, ports: VaultPorts): Promise<Readonly<Record<string, string>>> {
  const filled: Record<string, string> = {};
  const isAllowed = !needsConsent(endpoint) || ports.agreements.isGranted(consentName(endpoint));
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
