/** Looks for model servers on this machine's known ports. */

import { parseJson } from "../diagnosis/errorEnvelope.ts";
import type { Http, HttpReply } from "../ports.ts";
import { identifyServer } from "../servers/identifyServer.ts";
import { presets } from "../servers/presets.ts";
import { parseModelList } from "./modelList.ts";

export interface Discovered {
  readonly baseUrl: string;
  readonly port: number;
  /** The software where it gave itself away, else the preset that uses the port. */
  readonly server: string;
  readonly modelIds: readonly string[];
  readonly needsKey: boolean;
}

/** Longest waits for one address; all are asked at once, so their sum bounds the whole search. */
const modelsWaitMs = 1400;
const infoWaitMs = 400;
const replyBytes = 4 * 1024 * 1024;
/** The loopback address of each family; a server may listen on one alone. */
const hosts = ["127.0.0.1", "[::1]"] as const;

/** Asks all known ports on both loopback addresses at once. `ports` is a parameter for tests alone. */
export async function discoverLocal(
  http: Http,
  signal: AbortSignal,
  ports: readonly number[] = knownPorts(),
): Promise<readonly Discovered[]> {
  const candidates = ports.flatMap((port) => hosts.map((host) => ({ host, port })));
  const found = await Promise.all(
    candidates.map(({ host, port }) => ask(http, `http://${host}:${port}`, port, signal)),
  );
  const first = new Map<number, Discovered>();
  for (const each of found) {
    if (each !== undefined && !first.has(each.port)) {
      first.set(each.port, each);
    }
  }
  return [...first.values()];
}

function knownPorts(): readonly number[] {
  return presets.flatMap(({ localPort }) => (localPort === undefined ? [] : [localPort]));
}

async function ask(
  http: Http,
  origin: string,
  port: number,
  signal: AbortSignal,
): Promise<Discovered | undefined> {
  const baseUrl = `${origin}/v1`;
  const models = await get(http, `${baseUrl}/models`, modelsWaitMs, signal);
  if (models === undefined) {
    return undefined;
  }
  const body = parseJson(models.body);
  const list = models.status === 200 ? parseModelList(body) : undefined;
  const needsKey = (models.status === 401 || models.status === 403) && body !== undefined;
  if (list === undefined && !needsKey && !(await isTei(http, origin, signal))) {
    return undefined;
  }
  const preset = presets.find(({ localPort }) => localPort === port)?.label;
  const server = identifyServer(models.headers, body, baseUrl)?.name ?? preset ?? "?";
  return { baseUrl, port, server, modelIds: (list ?? []).map(({ id }) => id), needsKey };
}

/** TEI has no models route, but tells of its model under `/info`. */
async function isTei(http: Http, origin: string, signal: AbortSignal): Promise<boolean> {
  const info = await get(http, `${origin}/info`, infoWaitMs, signal);
  const body = info?.status === 200 ? parseJson(info.body) : undefined;
  return typeof body === "object" && body !== null && "model_id" in body;
}

async function get(
  http: Http,
  url: string,
  waitMs: number,
  signal: AbortSignal,
): Promise<HttpReply | undefined> {
  const timeouts = { connectMs: waitMs, firstByteMs: waitMs, idleMs: waitMs, totalMs: waitMs };
  const outcome = await http.send(
    { method: "GET", url, headers: { accept: "application/json" }, timeouts, maxBytes: replyBytes },
    signal,
  );
  return outcome.kind === "reply" ? outcome.reply : undefined;
}
