/** Are the scores of texts whose order is known in that order, and do they tell the texts apart? */

import type { Finding, FindingCode, Fix } from "../diagnosis/finding.ts";
import type { RerankScore } from "./dialects.ts";
import type { RerankSet } from "./rerankSets.ts";

export interface Ranking {
  readonly set: RerankSet;
  /** One for each document. */
  readonly scores: readonly RerankScore[];
}

/**
 * What the scores of one set show:
 * `sound`: the answer is first and apart from the rest. `alike`: no text stands out. `wrong`: another text is first, and not by a
 * hair. `reversed`: the answer is last, apart from the rest, so the scores do mean something.
 */
type Verdict = "sound" | "alike" | "wrong" | "reversed";

/** At most one finding: the wrong order of one language, or scores that mean nothing in all of them. */
export function judgeRankings(rankings: readonly Ranking[]): readonly Finding[] {
  const verdicts = rankings.map(({ set, scores }) => verdictOf(spreadOf(set, scores)));
  const isSoundOnce = verdicts.includes("sound");
  const isUpsideDown = verdicts.every((verdict) => verdict === "reversed");
  const isRandom = verdicts.includes("alike") || verdicts.length > 1;
  if (verdicts.every((verdict) => verdict === "sound")) {
    return [];
  }
  if (!isSoundOnce && !isUpsideDown && isRandom) {
    return [warning("rerank.template-missing", rankings)];
  }
  const misplaced = rankings.filter(({ set, scores }) => spreadOf(set, scores).gap <= 0);
  return misplaced.length === 0 ? [] : [warning("rerank.order", misplaced)];
}

/** The scores in words: that of the answer, and the range of the others. */
export function rankingEvidence({ set, scores }: Ranking): string {
  const { answer, highest, lowest } = spreadOf(set, scores);
  return `${set.language}: "${set.documents[set.relevant] ?? ""}" ${shown(answer)}, the others ${shown(lowest)} to ${shown(highest)}`;
}

interface Spread {
  readonly answer: number;
  /** Of the other texts. */
  readonly highest: number;
  readonly lowest: number;
  /** How far the answer is ahead of the next; negative when it is not first. */
  readonly gap: number;
  /** Between the highest and the lowest of all. */
  readonly range: number;
  /** A difference that can be chance. */
  readonly small: number;
}

/**
 * Probabilities and cosines lie within ±1: there Qwen3-Reranker without its template gives scores within about 0.1 of each other,
 * while with it the answer gets above 0.9 and the others less than 0.1. Raw scores (llama.cpp, `raw_scores` of TEI) are logits: the
 * answer is five and more ahead, so 1 is small.
 */
const small = { bounded: 0.1, raw: 1 } as const;

/** So near to each other no working reranker puts these texts: a GGUF without its scoring head gives 1e-20 for everything (llama.cpp #25447). */
const smallest = 0.01;

function spreadOf({ relevant }: RerankSet, scores: readonly RerankScore[]): Spread {
  const answer = scores.find(({ index }) => index === relevant)?.score ?? -Infinity;
  const others = scores.filter(({ index }) => index !== relevant).map(({ score }) => score);
  const highest = Math.max(...others);
  const lowest = Math.min(...others);
  const isBounded = scores.every(({ score }) => Math.abs(score) <= 1);
  return {
    answer,
    highest,
    lowest,
    gap: answer - highest,
    range: Math.max(answer, highest) - Math.min(answer, lowest),
    small: isBounded ? small.bounded : small.raw,
  };
}

/** The answer is apart when it is further from the next text than all the other texts are from each other: that needs no scale. */
function verdictOf({ answer, highest, lowest, gap, range, small: chance }: Spread): Verdict {
  const among = highest - lowest;
  if (range < chance * smallest) {
    return "alike";
  }
  if (gap > 0) {
    return range < chance && gap < among ? "alike" : "sound";
  }
  if (range < chance) {
    return "alike";
  }
  return lowest - answer > among ? "reversed" : "wrong";
}

const fixes: readonly Fix[] = [{ kind: "list-models" }, { kind: "test-again" }];

function warning(code: FindingCode, rankings: readonly Ranking[]): Finding {
  return { code, severity: "warning", evidence: rankings.map(rankingEvidence), fixes };
}

function shown(score: number): string {
  return String(Number(score.toPrecision(4)));
}
