/** How many tokens a text probably has, for servers that send no usage. An estimate is always marked as one. */

import type { Usage } from "./streamEvent.ts";

export type TextLane = "answer" | "reasoning" | "tool-call";

/** Only what the server did not count itself. */
export interface TokenEstimate {
  readonly estimated: true;
  readonly completionTokens?: number;
  readonly reasoningTokens?: number;
  /**
   * `chunks`: a token a chunk, as vLLM, SGLang, llama.cpp and Ollama send them; believed where the characters bear it out.
   * `characters`: Alibaba Cloud's rule of thumb for Qwen, 1.5 to 1.8 Chinese characters or 3 to 4 Latin ones a token.
   * `share`: the server's count of all completion tokens, divided as the characters of the lanes are.
   */
  readonly method: "chunks" | "characters" | "share";
}

const wideCharactersPerToken = 1.65;
const otherCharactersPerToken = 3.5;

/** Chinese, Japanese and Korean. */
const wide = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]/g;

interface LaneCount {
  readonly chunks: number;
  /** By the rule of thumb; no whole number. */
  readonly tokens: number;
}

export type TextCounts = Readonly<Record<TextLane, LaneCount>>;

export interface TextTally {
  add(lane: TextLane, text: string): void;
  /** All of the answer so far was reasoning. */
  relabel(): void;
  counts(): TextCounts;
}

const none: LaneCount = { chunks: 0, tokens: 0 };

export function createTextTally(): TextTally {
  let counts: TextCounts = { answer: none, reasoning: none, "tool-call": none };
  return {
    add(lane, text) {
      const wideOnes = text.match(wide)?.length ?? 0;
      const tokens = wideOnes / wideCharactersPerToken + (text.length - wideOnes) / otherCharactersPerToken;
      counts = { ...counts, [lane]: sum(counts[lane], { chunks: 1, tokens }) };
    },
    relabel() {
      counts = { ...counts, answer: none, reasoning: sum(counts.reasoning, counts.answer) };
    },
    counts: () => counts,
  };
}

function sum(a: LaneCount, b: LaneCount): LaneCount {
  return { chunks: a.chunks + b.chunks, tokens: a.tokens + b.tokens };
}

/** Chunks are believed to be tokens while they differ from the rule of thumb by less than this factor. */
const agreement = 1.7;

/** Undefined where the server counted everything, or nothing came. */
export function estimateTokens(counts: TextCounts, usage: Usage | undefined): TokenEstimate | undefined {
  const { reasoning } = counts;
  const all = Object.values(counts).reduce(sum, none);
  const hasReasoning = reasoning.chunks > 0 && usage?.reasoningTokens === undefined;
  if (all.tokens === 0 || (usage?.completionTokens !== undefined && !hasReasoning)) {
    return undefined;
  }
  if (usage?.completionTokens !== undefined) {
    const reasoningTokens = Math.round((usage.completionTokens * reasoning.tokens) / all.tokens);
    return { estimated: true, reasoningTokens, method: "share" };
  }
  const ratio = all.chunks / all.tokens;
  const method = all.chunks > 1 && ratio < agreement && ratio > 1 / agreement ? "chunks" : "characters";
  const tokensOf = (count: LaneCount): number =>
    method === "chunks" ? count.chunks : Math.max(1, Math.round(count.tokens));
  return {
    estimated: true,
    completionTokens: tokensOf(all),
    ...(hasReasoning ? { reasoningTokens: tokensOf(reasoning) } : {}),
    method,
  };
}
