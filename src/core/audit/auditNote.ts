/** One request on its way to becoming a line: what is known when it is sent, and what its end adds. */

import { parseJson } from "../diagnosis/errorEnvelope.ts";
import type { Asked } from "../diagnosis/judgeReply.ts";
import { originOf } from "../endpoint/baseUrl.ts";
import { keyLabel } from "../keys/keyLabel.ts";
import type { Endpoint } from "../endpoint/endpoint.ts";
import type { Clock, HttpOutcome, HttpRequest, KeyReading, NetworkFault } from "../ports.ts";
import type { AskedBy, AuditEntry } from "./auditEntry.ts";
import { auditFinding, type Received } from "./auditFinding.ts";
import { auditTask, isFreeForm } from "./auditTask.ts";
import { type BodyEnds, keptBytes } from "./bodyEnds.ts";
import { cutContent } from "./keptReply.ts";
import { readTokens } from "./readTokens.ts";

/** Who sends, and on whose behalf. */
export interface Sender {
  readonly askedBy: AskedBy;
  /** Absent for what is not about an endpoint. */
  readonly endpoint?: Endpoint;
  readonly key?: KeyReading;
}

export interface AuditPorts {
  readonly clock: Clock;
  /** Never throws and never waits: a log that can not be written must not hold up a request. */
  readonly write: (entry: AuditEntry) => void;
  /** Asked for every request, so that a change of the settings counts at once. */
  readonly keepsContent: () => boolean;
  /** ISO 8601 in UTC, of milliseconds since 1970. */
  readonly isoTime: (epochMs: number) => string;
  /** Requests whose line is not written yet; each is told `CLOSED` when the window closes. */
  readonly underWay: Set<(failure: string) => void>;
  readonly machine: string;
  readonly window: string;
}

/** How a request came to its end, as far as it came. */
export interface Ending {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly firstByteMs?: number;
  readonly ends?: Pick<BodyEnds, "bytes" | "head" | "tail" | "isWhole">;
  readonly fault?: NetworkFault;
  /** Our own word for what is no fault of the network. */
  readonly failure?: string;
  readonly reply?: string;
}

export interface AuditNote {
  /** Are prompt and reply kept? Settled when the request is sent. */
  readonly keepsContent: boolean;
  /** Milliseconds since it was sent. */
  sinceMs(): number;
  /** The head of the reply has come. `soFar` says what is known of the reply if the window closes on it. */
  opened(soFar: () => Ending): void;
  /** Writes the entry; only the first call counts. */
  end(ending: Ending): void;
  whole(outcome: HttpOutcome): void;
  onEnd(callback: () => void): void;
}

/** A whole reply is judged up to this size; a larger one of a 2xx is taken to be what was asked for. */
const mostJudged = 256 * 1024;
/** A model's name stands at the body's start; a larger body is not parsed for it. */
const mostParsed = 1024 * 1024;

export function auditNote(request: HttpRequest, sender: Sender, ports: AuditPorts): AuditNote {
  const { clock, underWay } = ports;
  const keepsContent = ports.keepsContent();
  const startMs = clock.now();
  const sent = sentFields(request, sender, ports, keepsContent);
  let isOver = false;
  let [known, ended] = [(): Ending => ({}), (): void => undefined];
  const sinceMs = (): number => rounded(clock.now() - startMs);
  const end = (ending: Ending): void => {
    if (isOver) {
      return;
    }
    isOver = true;
    underWay.delete(close);
    ended();
    ports.write(entryOf(sent, sinceMs(), ending, askedOf(request, sender, sent)));
  };
  const close = (failure: string): void => end({ ...known(), failure });
  underWay.add(close);
  return {
    keepsContent,
    sinceMs,
    opened: (soFar) => void (known = soFar),
    end,
    whole: (outcome) => end(wholeEnding(outcome, keepsContent)),
    onEnd: (callback) => void (ended = callback),
  };
}

type Sent = Omit<AuditEntry, "durationMs" | "receivedBytes">;

function sentFields(
  { method, url, body, headers }: HttpRequest,
  { askedBy, endpoint, key }: Sender,
  { clock, isoTime, machine, window }: AuditPorts,
  keepsContent: boolean,
): Sent {
  const path = pathOf(url);
  const model = modelIn(body);
  return {
    v: 1,
    time: isoTime(clock.epochMs()),
    askedBy,
    ...(endpoint === undefined ? {} : { endpoint: endpoint.id }),
    origin: originOf(url) ?? "",
    method,
    path,
    task: auditTask(method, path),
    ...(model === undefined ? {} : { model }),
    sentBytes: body === undefined ? 0 : new TextEncoder().encode(body).length,
    ...(endpoint === undefined || key === undefined || !carries(headers, key)
      ? {}
      : { key: keyLabel(endpoint.key, key) }),
    machine,
    window,
    ...(keepsContent && body !== undefined ? { prompt: cutContent(body) } : {}),
  };
}

function entryOf(sent: Sent, durationMs: number, ending: Ending, asked: Asked): AuditEntry {
  const { status, fault, firstByteMs, reply } = ending;
  const received = receivedOf(ending);
  const failure = fault?.code ?? ending.failure;
  const form = isFreeForm(sent.task, sent.path) ? "free-form" : "api";
  const finding = auditFinding(asked, received, fault, form);
  const { prompt, ...head } = sent;
  return {
    ...head,
    ...(status === undefined ? {} : { status }),
    ...(failure === undefined ? {} : { failure }),
    ...(finding === undefined ? {} : { finding }),
    durationMs,
    ...(firstByteMs === undefined ? {} : { firstByteMs }),
    ...tokensOf(received),
    receivedBytes: received?.bytes ?? 0,
    ...(prompt === undefined ? {} : { prompt }),
    ...(reply === undefined || reply === "" ? {} : { reply }),
  };
}

function receivedOf({ status, headers = {}, ends }: Ending): Received | undefined {
  return status === undefined || ends === undefined
    ? undefined
    : { status, headers, bytes: ends.bytes, head: ends.head(), tail: ends.tail(), isWhole: ends.isWhole() };
}

function tokensOf(received: Received | undefined): ReturnType<typeof readTokens> {
  if (received === undefined) {
    return {};
  }
  const last = readTokens(received.tail);
  return Object.keys(last).length > 0 ? last : readTokens(received.head.slice(0, keptBytes));
}

function wholeEnding(outcome: HttpOutcome, keepsContent: boolean): Ending {
  const fault = outcome.kind === "reply" ? undefined : outcome.fault;
  if (outcome.kind === "fault") {
    return { fault: outcome.fault };
  }
  const { status, headers, body, bytes, timings } = outcome.reply;
  const isWhole = body.length <= mostJudged;
  const ends = {
    bytes,
    head: () => (isWhole ? body : body.slice(0, keptBytes)),
    tail: () => body.slice(-keptBytes),
    isWhole: () => isWhole,
  };
  return {
    ...{ status, headers, ends },
    ...(timings.firstByteMs === undefined ? {} : { firstByteMs: rounded(timings.firstByteMs) }),
    ...(fault === undefined ? {} : { fault }),
    ...(keepsContent ? { reply: cutContent(body) } : {}),
  };
}

function askedOf(
  { method, url }: HttpRequest,
  { endpoint, key }: Sender,
  { task, model, origin }: Sent,
): Asked {
  return {
    method,
    url,
    baseUrl: endpoint?.baseUrl ?? origin,
    key: key ?? { kind: "none" },
    ...(task === "chat" || task === "embedding" || task === "rerank" ? { task } : {}),
    ...(model === undefined ? {} : { model }),
  };
}

/** Never the query. What is no URL has no path either. */
function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : "";
}

function modelIn(body: string | undefined): string | undefined {
  if (body === undefined) {
    return undefined;
  }
  const value = body.length > mostParsed ? startOf(body) : parseJson(body);
  const model = value === Object(value) ? (value as { readonly model?: unknown }).model : undefined;
  return typeof model === "string" ? model.slice(0, 200) : undefined;
}

function startOf(body: string): unknown {
  const model = /^\{\s*("model"\s*:\s*"(?:[^"\\]|\\.){0,200}")/.exec(body)?.[1];
  return model === undefined ? undefined : parseJson(`{${model}}`);
}

/** To a tenth of a millisecond. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

/** Neighbours and health routes are asked without the key, and its label would say otherwise. */
function carries(headers: HttpRequest["headers"], key: KeyReading): boolean {
  return key.kind !== "key" || Object.values(headers).some((value) => value.includes(key.value.trim()));
}
