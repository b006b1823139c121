/** What is wrong with the numbers of one vector. A 200 with such numbers is no success. */

import type { Finding } from "../diagnosis/finding.ts";
import { normOf } from "./cosine.ts";
import type { KnownEmbedding } from "./knownEmbedding.ts";

/** Rounding to half precision and quantising move the length of a vector by less. */
const lengthTolerance = 0.01;

/** `known` is the model that is said to have made it, of its own size. */
export function judgeVector(vector: readonly number[], known?: KnownEmbedding): readonly Finding[] {
  const norm = normOf(vector);
  if (!(norm > 0) || !Number.isFinite(norm)) {
    return [
      {
        code: "embedding.zero",
        severity: "blocker",
        evidence: [zeroEvidence(vector)],
        fixes: [{ kind: "test-again" }],
      },
    ];
  }
  return [...judgeSize(vector, known), ...judgeLength(norm, known)];
}

/** Servers write what is no number as `null` (llama.cpp), which reads as NaN here. */
function zeroEvidence(vector: readonly number[]): string {
  const broken = vector.filter((value) => !Number.isFinite(value)).length;
  return broken === 0
    ? `${vector.length} values, norm 0`
    : `${vector.length} values, ${broken} of them no numbers (null, NaN or infinite)`;
}

function judgeSize(vector: readonly number[], known: KnownEmbedding | undefined): readonly Finding[] {
  if (known === undefined || vector.length === known.dimensions) {
    return [];
  }
  return [
    {
      code: "embedding.wrong-dimensions",
      severity: "warning",
      evidence: [`${vector.length} dimensions, ${known.name} has ${known.dimensions}`],
      fixes: [{ kind: "list-models" }, { kind: "test-again" }],
    },
  ];
}

/** Of most models nobody promises a length; Qwen3-Embedding ends with a normalising layer (servers.md 0.11). */
function judgeLength(norm: number, known: KnownEmbedding | undefined): readonly Finding[] {
  if (Math.abs(norm - 1) <= lengthTolerance) {
    return [];
  }
  const severity = known?.length === "normalised" ? "warning" : "note";
  return [{ code: "embedding.not-normalised", severity, evidence: [`norm ${norm.toFixed(4)}`], fixes: [] }];
}
