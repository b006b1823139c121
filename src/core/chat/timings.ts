/**
 * What a run's events say about its speed. All times are milliseconds since the request was sent.
 * A chunk is a piece of answer, reasoning or tool call as it was read; one or more tokens, depending on the server.
 */

import type { WireTimings } from "../ports.ts";
import type { StreamEvent, Usage } from "./streamEvent.ts";
import { createTextTally, estimateTokens, type TextLane, type TokenEstimate } from "./tokenEstimate.ts";

/** As vLLM's benchmark defines them, where it does (facts: extension-host.md, "Load-test definitions"). */
export interface RunTimings {
  /** To the first answer text, reasoning or tool call. */
  readonly ttftMs?: number;
  /** To the first text of the answer itself. */
  readonly firstAnswerMs?: number;
  readonly endToEndMs: number;
  /** (E2EL − TTFT)/(N − 1) for N > 1 completion tokens; absent where all came in one piece. */
  readonly tpotMs?: number;
  /** 1000/TPOT. */
  readonly tokensPerSecond?: number;
  /** TPOT and tokens a second rest on an estimated N, because the server counted nothing. */
  readonly estimated?: true;
  readonly gaps?: Gaps;
  readonly timeline?: readonly ChunkBin[];
  readonly connection?: ConnectionTimings;
  /** Of the reply's body, decompressed. */
  readonly bytes?: number;
}

/** Between consecutive chunks; percentiles are linear with h = (n − 1)p/100. */
export interface Gaps {
  readonly count: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

/** A chunk, or of long runs those of a span; `atMs` is the first one's time. */
export interface ChunkBin {
  readonly atMs: number;
  readonly chunks: number;
  /** UTF-16 code units. */
  readonly characters: number;
  readonly lane: TextLane;
}

/** How long each part took; absent for what a kept connection did not have to do. */
export interface ConnectionTimings {
  readonly lookupMs?: number;
  readonly connectMs?: number;
  readonly tlsMs?: number;
  /** From the request's last step before it to the first byte of the reply. */
  readonly waitingMs?: number;
}

export interface Measured {
  readonly timings: RunTimings;
  /** Absent where the server counted everything. */
  readonly estimate?: TokenEstimate;
}

export interface RunMeter {
  note(event: StreamEvent, nowMs: number): void;
  measured(startedAtMs: number, endedAtMs: number): Measured;
}

/** A timeline never has more entries. */
const mostBins = 200;

export function createRunMeter(): RunMeter {
  return new Meter();
}

class Meter implements RunMeter {
  readonly #chunks: { readonly atMs: number; readonly characters: number; lane: TextLane }[] = [];
  readonly #tally = createTextTally();
  #usage: Usage | undefined;
  #wire: WireTimings | undefined;
  #bytes: number | undefined;

  note(event: StreamEvent, nowMs: number): void {
    switch (event.kind) {
      case "opened":
        this.#wire = event.timings;
        break;
      case "answer":
      case "reasoning":
        this.#add(event.kind, event.text, nowMs);
        break;
      case "tool-call":
        this.#add(event.kind, event.name + event.argumentsText, nowMs);
        break;
      case "relabelled":
        this.#relabel();
        break;
      case "usage":
        this.#usage = { ...this.#usage, ...event.usage };
        break;
      case "received":
        this.#bytes = event.bytes;
        break;
      case "noticed":
      case "ended":
        break;
    }
  }

  measured(startedAtMs: number, endedAtMs: number): Measured {
    const estimate = estimateTokens(this.#tally.counts(), this.#usage);
    const times = this.#chunks.map(({ atMs }) => atMs - startedAtMs);
    const answerAt = this.#chunks.find(({ lane }) => lane === "answer")?.atMs;
    const endToEndMs = endedAtMs - startedAtMs;
    const connection = connectionOf(this.#wire);
    const gaps = gapsOf(times);
    const chunks = this.#chunks.map((chunk) => ({ ...chunk, atMs: chunk.atMs - startedAtMs }));
    const timings: RunTimings = {
      ...(times[0] === undefined ? {} : { ttftMs: times[0] }),
      ...(answerAt === undefined ? {} : { firstAnswerMs: answerAt - startedAtMs }),
      endToEndMs,
      ...paceOf(times, endToEndMs, this.#usage?.completionTokens, estimate?.completionTokens),
      ...(gaps === undefined ? {} : { gaps }),
      ...(chunks.length === 0 ? {} : { timeline: timelineOf(chunks) }),
      ...(connection === undefined ? {} : { connection }),
      ...(this.#bytes === undefined ? {} : { bytes: this.#bytes }),
    };
    return { timings, ...(estimate === undefined ? {} : { estimate }) };
  }

  #add(lane: TextLane, text: string, atMs: number): void {
    this.#chunks.push({ atMs, characters: text.length, lane });
    this.#tally.add(lane, text);
  }

  #relabel(): void {
    for (const chunk of this.#chunks) {
      chunk.lane = chunk.lane === "answer" ? "reasoning" : chunk.lane;
    }
    this.#tally.relabel();
  }
}

type Pace = Pick<RunTimings, "tpotMs" | "tokensPerSecond" | "estimated">;

function paceOf(
  times: readonly number[],
  endToEndMs: number,
  counted: number | undefined,
  estimated: number | undefined,
): Pace {
  const tokens = counted ?? estimated ?? 0;
  const generationMs = endToEndMs - (times[0] ?? endToEndMs);
  if (tokens <= 1 || times.length <= 1 || generationMs <= 0) {
    return {};
  }
  const tpotMs = generationMs / (tokens - 1);
  const pace = { tpotMs, tokensPerSecond: 1000 / tpotMs };
  return counted === undefined ? { ...pace, estimated: true } : pace;
}

/** Undefined for fewer than two chunks. */
export function gapsOf(times: readonly number[]): Gaps | undefined {
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  if (gaps.length === 0) {
    return undefined;
  }
  gaps.sort((a, b) => a - b);
  return {
    count: gaps.length,
    meanMs: gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length,
    p50Ms: percentile(gaps, 50),
    p95Ms: percentile(gaps, 95),
    maxMs: gaps.at(-1) ?? 0,
  };
}

function percentile(sorted: readonly number[], p: number): number {
  const place = ((sorted.length - 1) * p) / 100;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

type Chunk = Omit<ChunkBin, "chunks">;

/** Each chunk by itself while they are few, then those of equal spans together. Spans without a chunk are left out. */
export function timelineOf(chunks: readonly Chunk[]): readonly ChunkBin[] {
  if (chunks.length <= mostBins) {
    return chunks.map(({ atMs, characters, lane }) => ({ atMs, chunks: 1, characters, lane }));
  }
  const firstMs = chunks[0]?.atMs ?? 0;
  const spanMs = Math.max((chunks.at(-1)?.atMs ?? 0) - firstMs, Number.MIN_VALUE);
  const bins = new Map<number, ChunkBin>();
  for (const { atMs, characters, lane } of chunks) {
    const place = Math.min(mostBins - 1, Math.floor(((atMs - firstMs) / spanMs) * mostBins));
    const bin = bins.get(place) ?? { atMs, chunks: 0, characters: 0, lane };
    bins.set(place, { ...bin, chunks: bin.chunks + 1, characters: bin.characters + characters });
  }
  return [...bins.values()];
}

/** Undefined where nothing was measured. */
export function connectionOf(wire: WireTimings | undefined): ConnectionTimings | undefined {
  if (wire === undefined) {
    return undefined;
  }
  const { lookupMs, connectMs, tlsMs, firstByteMs } = wire;
  const ready = tlsMs ?? connectMs ?? 0;
  const parts: ConnectionTimings = {
    ...(lookupMs === undefined ? {} : { lookupMs }),
    ...(connectMs === undefined ? {} : { connectMs: connectMs - (lookupMs ?? 0) }),
    ...(tlsMs === undefined ? {} : { tlsMs: tlsMs - (connectMs ?? 0) }),
    ...(firstByteMs === undefined ? {} : { waitingMs: firstByteMs - ready }),
  };
  return Object.keys(parts).length === 0 ? undefined : parts;
}
