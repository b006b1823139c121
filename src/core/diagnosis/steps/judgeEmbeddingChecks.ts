/** What the further requests of a full test say of the vectors: repeatable, alike in a batch, cut and encoded as asked. */

import { cosine, normOf } from "../../embedding/cosine.ts";
import type { KnownEmbedding } from "../../embedding/knownEmbedding.ts";
import { type EmbeddingEntry, readEmbeddings } from "../../embedding/readEmbedding.ts";
import { parseJson } from "../errorEnvelope.ts";
import { excerpt } from "../evidence.ts";
import type { Finding, FindingCode, Severity } from "../finding.ts";
import type { Learned, Subject } from "../step.ts";
import {
  batch,
  type EmbeddingCheck,
  type EmbeddingCheckId,
  fewDimensions,
  type Triple,
  triples,
} from "./embeddingChecks.ts";
import { judgeTaskReply } from "./taskRequest.ts";

/** The same request again differs by rounding alone: kernels that add up in another order stay above this by far. */
const repeatedCosine = 0.999;
/** In a batch half precision and padding move a vector a little more; wrong pooling moves it much more. */
const batchedCosine = 0.995;

/** The vector of the short text alone, and the model that is said to have made it. */
export interface Single {
  readonly vector: readonly number[];
  readonly known?: KnownEmbedding;
}

export interface Checked {
  readonly evidence: string;
  readonly findings: readonly Finding[];
}

export function judgeChecks(
  checks: readonly EmbeddingCheck[],
  single: Single,
  subject: Subject,
  learned: Learned,
): readonly Checked[] {
  const [again, ...others] = checks;
  if (again === undefined) {
    return [];
  }
  const first = judgeCheck(again, single, subject, learned);
  // Where one text gives two vectors, comparing a third with the first proves nothing more.
  const isSteady = first.findings.length === 0;
  return [
    first,
    ...others.map((check) => {
      const checked = judgeCheck(check, single, subject, learned);
      return isSteady ? checked : { ...checked, findings: checked.findings.filter(isNoComparison) };
    }),
  ];
}

function isNoComparison({ evidence }: Finding): boolean {
  return !evidence.some((line) => line.includes(comparison));
}

/** Stands in the evidence of vectors that were compared with the first. */
const comparison = "with the vector of the first request";

const labels: Readonly<Record<EmbeddingCheckId, string>> = {
  again: "same text again",
  batch: `batch of ${batch.length}`,
  dimensions: `dimensions ${fewDimensions}`,
  base64: "base64",
  similarity: "similarity",
};

function judgeCheck(
  { id, reply }: EmbeddingCheck,
  single: Single,
  subject: Subject,
  learned: Learned,
): Checked {
  const label = labels[id];
  const failures = judgeTaskReply(reply, subject, learned, "embedding").map((each) => softened(id, each));
  if (failures.length > 0 || reply.outcome.kind !== "reply") {
    const findings = failures.map((each) => ({
      ...each,
      evidence: [excerpt(reply.body, 300), ...each.evidence],
    }));
    return { evidence: `${label}: ${failedLine(failures)}`, findings };
  }
  const read = readEmbeddings(parseJson(reply.outcome.reply.body));
  if (read === undefined) {
    const evidence = [excerpt(reply.body, 300), excerpt(reply.outcome.reply.body, 300)];
    return {
      evidence: `${label}: no vectors in the reply`,
      findings: [found("http.malformed", "warning", evidence)],
    };
  }
  const checked = judges[id](read.entries, single);
  return {
    evidence: `${label}: ${checked.evidence}`,
    findings: checked.findings.map((finding) => ({
      ...finding,
      evidence: finding.evidence.map((line) => `${label}: ${line}`),
    })),
  };
}

/** The text alone was embedded, so no failure of these is why it would not work. Refused dimensions are worth knowing only. */
function softened(id: EmbeddingCheckId, finding: Finding): Finding {
  const isRefusal = finding.code.startsWith("request.");
  return id === "dimensions" && isRefusal
    ? { ...finding, code: "request.dimensions", severity: "note" }
    : { ...finding, severity: "warning" };
}

/** The status line and the server's words. */
function failedLine(failures: readonly Finding[]): string {
  return excerpt(failures.flatMap(({ evidence }) => evidence.slice(0, 2)).join(" "), 300);
}

type Entries = readonly [EmbeddingEntry, ...EmbeddingEntry[]];

const judges: Readonly<Record<EmbeddingCheckId, (entries: Entries, single: Single) => Checked>> = {
  again: judgeAgain,
  batch: judgeBatch,
  dimensions: judgeFewDimensions,
  base64: judgeBase64,
  similarity: judgeSimilarity,
};

function judgeAgain([{ vector }]: Entries, single: Single): Checked {
  return compared("embedding.not-repeatable", repeatedCosine, single.vector, vector);
}

function judgeBatch(entries: Entries, single: Single): Checked {
  const order = entries.map(({ index }) => index);
  const isWhole = batch.every((_, index) => order.filter((each) => each === index).length === 1);
  if (entries.length !== batch.length || !isWhole) {
    const line = `${batch.length} texts, ${entries.length} vectors with index ${order.join(", ")}`;
    return { evidence: line, findings: [found("embedding.batch-differs", "warning", [line])] };
  }
  const same = entries.find(({ index }) => index === 0);
  const likeness = compared(
    "embedding.batch-differs",
    batchedCosine,
    single.vector,
    same?.vector ?? single.vector,
  );
  const line = `vectors in the order ${order.join(", ")}`;
  // A program that reads by place takes one text's vector for another's.
  return order[0] === 0
    ? likeness
    : {
        evidence: `${line}, ${likeness.evidence}`,
        findings: [...likeness.findings, found("embedding.batch-differs", "warning", [line])],
      };
}

/** A few numbers are the start of many (Matryoshka), which not every model was made for: never more than worth knowing, unless promised. */
function judgeFewDimensions([{ vector }]: Entries, { vector: whole, known }: Single): Checked {
  const norm = normOf(vector);
  const start = cosine(whole.slice(0, vector.length), vector);
  const line = `${vector.length} values, norm ${norm.toFixed(4)}, cosine ${shown(start)} with the start of the whole vector`;
  if (vector.length !== fewDimensions) {
    // llama.cpp ignores it without a word (servers.md 0.7).
    const isSilent = vector.length === whole.length && known?.shortening !== "documented";
    const severity = isSilent ? "note" : "warning";
    const ignored = `${vector.length} values came`;
    return { evidence: ignored, findings: [found("embedding.wrong-dimensions", severity, [ignored])] };
  }
  const isUnit = Math.abs(norm - 1) <= 0.01 || Math.abs(normOf(whole) - 1) > 0.01;
  return { evidence: line, findings: isUnit ? [] : [found("embedding.not-normalised", "note", [line])] };
}

function judgeBase64([{ vector, encoding }]: Entries, single: Single): Checked {
  if (encoding === "float") {
    const line = "a list of numbers came";
    return { evidence: line, findings: [found("embedding.encoding-ignored", "warning", [line])] };
  }
  return compared("embedding.encoding-ignored", repeatedCosine, single.vector, vector);
}

/** Evidence only: where similar texts are not nearer, the model is a poor one rather than any part of the endpoint broken. */
function judgeSimilarity(entries: Entries): Checked {
  const vectors = entries.toSorted((a, b) => a.index - b.index).map(({ vector }) => vector);
  const line = triples.map((triple, place) => similarityLine(triple, vectors.slice(place * 3))).join("; ");
  return { evidence: line, findings: [] };
}

function similarityLine(
  { language }: Triple,
  [text = [], similar = [], unrelated = []]: readonly (readonly number[])[],
): string {
  const near = cosine(text, similar);
  const far = cosine(text, unrelated);
  return `${language} similar ${near.toFixed(2)}, unrelated ${far.toFixed(2)}${near > far ? "" : " (the wrong way round)"}`;
}

function compared(
  code: FindingCode,
  least: number,
  expected: readonly number[],
  actual: readonly number[],
): Checked {
  const likeness = cosine(expected, actual);
  const line =
    expected.length === actual.length
      ? `cosine ${shown(likeness)} ${comparison}`
      : `${actual.length} values instead of ${expected.length}`;
  return { evidence: line, findings: likeness >= least ? [] : [found(code, "warning", [line])] };
}

function shown(likeness: number): string {
  return likeness.toFixed(4);
}

function found(code: FindingCode, severity: Severity, evidence: readonly string[]): Finding {
  return { code, severity, evidence, fixes: [{ kind: "test-again" }] };
}
