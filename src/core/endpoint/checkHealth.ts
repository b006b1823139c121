/** The background check: free of charge, one or two small GETs, and it never judges more than it saw. */

import { parseJson } from "../diagnosis/errorEnvelope.ts";
import type { Finding } from "../diagnosis/finding.ts";
import { judgeOutcome, type Asked } from "../diagnosis/judgeReply.ts";
import type { HttpFor } from "../audit/auditedHttp.ts";
import type { Clock, Credentials, Http, HttpOutcome, HttpRequest, KeyVault, StoredKey } from "../ports.ts";
import { keyStatus } from "../keys/keyStatus.ts";
import { identifyServer } from "../servers/identifyServer.ts";
import { hasVersion, joinPath, originOf } from "./baseUrl.ts";
import type { Endpoint } from "./endpoint.ts";
import { type Health, stateOf } from "./health.ts";
import { parseModelList } from "./modelList.ts";
import { requestHeaders, sentKey } from "./requestHeaders.ts";
import { wireOptions } from "./wireOptions.ts";
import type { Timeouts } from "./timeouts.ts";

/** A list of models larger than this is no list a server means. */
const modelListBytes = 8 * 1024 * 1024;

/** A background check gives up sooner than a person's request would. */
const longestWaitMs = 10_000;

/** However slowly a reply drips in, a check ends; the largest list of models takes far less. */
const longestCheckMs = 30_000;

export interface CheckPorts {
  readonly httpFor: HttpFor;
  readonly vault: KeyVault;
  readonly clock: Clock;
  /** Tells of a key that waits to replace the one in use. */
  readonly keys?: { next(endpoint: Endpoint): Promise<StoredKey | undefined> };
}

/** Statuses with which servers say that they have no such route. */
const noRoute = new Set([404, 405, 501]);

/** `GET /models` with the key, falling back to `/health` when there is no such route. */
export async function checkHealth(
  endpoint: Endpoint,
  previous: Health,
  ports: CheckPorts,
  signal: AbortSignal,
): Promise<Health> {
  const [credentials, next] = await Promise.all([ports.vault.read(endpoint), readNext(endpoint, ports)]);
  const http = ports.httpFor({ askedBy: "background", endpoint, key: credentials.key });
  const startedMs = ports.clock.now();
  const outcome = await http.send(modelsRequest(endpoint, credentials), signal);
  const latencyMs = ports.clock.now() - startedMs;
  const found =
    outcome.kind === "reply" && noRoute.has(outcome.reply.status)
      ? await judgeWithoutModels(endpoint, credentials, outcome, http, signal)
      : judgeModels(outcome, askedModels(endpoint, credentials));
  const state = stateOf(found);
  const reply = outcome.kind === "fault" ? undefined : outcome.reply;
  const body = reply === undefined ? undefined : parseJson(reply.body);
  const models = found.length === 0 ? parseModelList(body) : undefined;
  const server = reply === undefined ? undefined : identifyServer(reply.headers, body, endpoint.baseUrl);
  return {
    state,
    activity: "idle",
    ...(reply === undefined ? {} : { latencyMs }),
    checkedAtMs: ports.clock.epochMs(),
    ...(models === undefined ? {} : { models }),
    ...(server === undefined ? {} : { server: server.name }),
    key: keyStatus(endpoint, credentials.key, next),
    findings: found,
    failures: state === "down" ? previous.failures + 1 : 0,
  };
}

/** A secret storage that fails holds nothing that could be shown; the check goes on. */
async function readNext(endpoint: Endpoint, { keys }: CheckPorts): Promise<StoredKey | undefined> {
  try {
    return await keys?.next(endpoint);
  } catch {
    return undefined;
  }
}

export function modelsRequest(endpoint: Endpoint, credentials: Credentials): HttpRequest {
  return {
    method: "GET",
    url: joinPath(endpoint.baseUrl, "/models"),
    headers: requestHeaders(credentials),
    timeouts: checkTimeouts(endpoint.timeouts),
    ...wireOptions(endpoint, credentials),
    maxBytes: modelListBytes,
  };
}

function checkTimeouts({ connectMs, firstByteMs, idleMs, totalMs = longestCheckMs }: Timeouts): Timeouts {
  return {
    connectMs,
    firstByteMs: Math.min(firstByteMs, longestWaitMs),
    idleMs: Math.min(idleMs, longestWaitMs),
    totalMs: Math.min(totalMs, longestCheckMs),
  };
}

export function askedModels(endpoint: Endpoint, credentials: Credentials): Asked {
  const { baseUrl } = endpoint;
  return { method: "GET", url: joinPath(baseUrl, "/models"), baseUrl, key: sentKey(credentials) };
}

/** Findings of the models request; a JSON body that is no list counts as malformed. */
export function judgeModels(outcome: HttpOutcome, asked: Asked): readonly Finding[] {
  const findings = judgeOutcome(outcome, asked);
  if (
    findings.length > 0 ||
    outcome.kind !== "reply" ||
    parseModelList(parseJson(outcome.reply.body)) !== undefined
  ) {
    return findings;
  }
  const evidence = [`GET ${asked.url} → ${outcome.reply.status}`, outcome.reply.body.slice(0, 200)];
  return [{ code: "http.malformed", severity: "warning", evidence, fixes: [{ kind: "test-again" }] }];
}

/** No list of models is not "down": the health route decides, and without one it only wants attention. */
async function judgeWithoutModels(
  endpoint: Endpoint,
  credentials: Credentials,
  models: HttpOutcome & { kind: "reply" },
  http: Http,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const url = `${originOf(endpoint.baseUrl) ?? endpoint.baseUrl}/health`;
  const timeouts = checkTimeouts(endpoint.timeouts);
  // Without the key: health routes are open, and the path is none the user gave it for.
  const wire = wireOptions(endpoint, credentials);
  const request = { method: "GET", url, headers: {}, timeouts, ...wire, maxBytes: 65_536 } as const;
  const health = await http.send(request, signal);
  const status = health.kind === "fault" ? health.fault.code : health.reply.status;
  const evidence = [
    `GET ${joinPath(endpoint.baseUrl, "/models")} → ${models.reply.status}`,
    `GET ${url} → ${status}`,
  ];
  return [judgeHealthRoute(endpoint, health, evidence)];
}

function judgeHealthRoute(endpoint: Endpoint, health: HttpOutcome, evidence: readonly string[]): Finding {
  const again = { kind: "test-again" } as const;
  const status = health.kind === "reply" ? health.reply.status : 0;
  if (status >= 500) {
    return { code: "server.unhealthy", severity: "blocker", evidence, fixes: [again] };
  }
  if (!hasVersion(endpoint.baseUrl) && endpoint.protocol === "openai") {
    const fix = { kind: "set-base-url", baseUrl: `${endpoint.baseUrl}/v1` } as const;
    return { code: "address.missing-v1", severity: "warning", evidence, fixes: [fix, again] };
  }
  const severity = status === 200 || endpoint.protocol === "generate" ? "note" : "warning";
  return { code: "http.no-models-route", severity, evidence, fixes: [again, { kind: "open-settings" }] };
}
