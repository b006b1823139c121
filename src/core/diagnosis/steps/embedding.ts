/** Does it embed, and are the vectors right? One short request; a full test compares its vector with those of a few more. */

import { judgeVector } from "../../embedding/judgeVector.ts";
import { knownEmbedding } from "../../embedding/knownEmbedding.ts";
import { readEmbeddings } from "../../embedding/readEmbedding.ts";
import { normOf } from "../../embedding/cosine.ts";
import { joinPath } from "../../endpoint/baseUrl.ts";
import type { Http } from "../../ports.ts";
import { parseJson } from "../errorEnvelope.ts";
import { excerpt } from "../evidence.ts";
import type { Finding } from "../finding.ts";
import type { Learned, Step, Subject } from "../step.ts";
import { type EmbeddingCheck, sendChecks, shortText } from "./embeddingChecks.ts";
import { judgeChecks, type Single } from "./judgeEmbeddingChecks.ts";
import { varyTaskRoute } from "../variations/varyTaskRoute.ts";
import { judgeTaskReply, notAnAnswer, sendWire, taskEvidence, type TaskReply } from "./taskRequest.ts";

export interface EmbeddingReplies {
  readonly single: TaskReply;
  /** The same with `encoding_format`, where the server refused it so and answered without. */
  readonly refused?: TaskReply;
  readonly checks: readonly EmbeddingCheck[];
}

export const embedding: Step<EmbeddingReplies> = {
  id: "embedding",
  task: "embedding",

  vary: varyTaskRoute("embedding"),

  async gather(subject, learned, { http }, signal) {
    const url = joinPath(subject.endpoint.baseUrl, "/embeddings");
    const model = learned.chosen?.embedding ?? "";
    const first = await sendSingle({ url, model }, subject, learned, http, signal);
    const checks =
      subject.depth === "full" && hasVector(first.single)
        ? await sendChecks(
            { url, model, encoding: first.refused === undefined ? "said" : "unsaid" },
            (wire) => sendWire(wire, subject, http, signal),
          )
        : [];
    return { ...first, checks };
  },

  judge({ single, refused, checks }, subject, learned) {
    const evidence = [refused, single].flatMap((reply) => (reply === undefined ? [] : taskEvidence(reply)));
    const failures = judgeTaskReply(single, subject, learned, "embedding");
    if (failures.length > 0 || single.outcome.kind !== "reply") {
      return { evidence, findings: failures };
    }
    const text = single.outcome.reply.body;
    const read = readEmbeddings(parseJson(text));
    if (read === undefined) {
      return { evidence, findings: [notAnAnswer("http.malformed", text)] };
    }
    const vector = read.entries[0];
    const named = namesOf(read.model, learned);
    const known = knownEmbedding(named);
    const asked: Single = { vector: vector.vector, ...(known === undefined ? {} : { known }) };
    const wrong = judgeVector(vector.vector, known).map((finding) => withServedName(finding, read.model));
    const checked = wrong.some(({ severity }) => severity === "blocker")
      ? []
      : judgeChecks(checks, asked, subject, learned);
    return {
      evidence: [...evidence, summary(vector.vector), ...checked.map((each) => each.evidence)],
      findings: [
        ...judgeRefusal(refused, subject, learned),
        ...wrong,
        ...(vector.encoding === "base64" && refused === undefined ? [floatIgnored] : []),
        ...checked.flatMap(({ findings }) => findings),
      ],
    };
  },
};

/** Is there anything to compare further vectors with? */
function hasVector({ outcome }: TaskReply): boolean {
  const body = outcome.kind === "reply" && outcome.reply.status < 300 ? outcome.reply.body : "";
  return normOf(readEmbeddings(parseJson(body))?.entries[0].vector ?? []) > 0;
}

type Asked = { readonly url: string; readonly model: string };

/** With `encoding_format` said, for an older server's default may be another; without it where it is refused. */
async function sendSingle(
  { url, model }: Asked,
  subject: Subject,
  learned: Learned,
  http: Http,
  signal: AbortSignal,
): Promise<Omit<EmbeddingReplies, "checks">> {
  const body = { model, input: shortText };
  const single = await sendWire({ url, body: { ...body, encoding_format: "float" } }, subject, http, signal);
  const [failure] = judgeTaskReply(single, subject, learned, "embedding");
  if (failure?.code.startsWith("request.") !== true) {
    return { single };
  }
  const bare = await sendWire({ url, body }, subject, http, signal);
  const isAnswered = judgeTaskReply(bare, subject, learned, "embedding").length === 0;
  return isAnswered ? { single: bare, refused: single } : { single };
}

/** The id that is asked for, the path it stands for, and what the reply says of itself. */
function namesOf(replied: string | undefined, { served, chosen }: Learned): readonly string[] {
  const id = chosen?.embedding;
  const root = served?.find((each) => each.id === id)?.root;
  return [id, root, replied].filter((name) => name !== undefined);
}

/** SGLang names the path it loaded in every reply, and a wrong size is a wrong model more often than not. */
function withServedName(finding: Finding, replied: string | undefined): Finding {
  return finding.code === "embedding.wrong-dimensions" && replied !== undefined
    ? {
        ...finding,
        evidence: [...finding.evidence, `reply: "model": ${excerpt(JSON.stringify(replied), 200)}`],
      }
    : finding;
}

/** Every OpenAI SDK sends `encoding_format`, so it is no detail, but it works without. */
function judgeRefusal(
  refused: TaskReply | undefined,
  subject: Subject,
  learned: Learned,
): readonly Finding[] {
  return refused === undefined
    ? []
    : judgeTaskReply(refused, subject, learned, "embedding").map((finding) => ({
        ...finding,
        severity: "warning",
        evidence: ['"encoding_format": "float"', ...finding.evidence],
      }));
}

const floatIgnored: Finding = {
  code: "embedding.encoding-ignored",
  severity: "warning",
  evidence: ['asked for "encoding_format": "float", base64 came'],
  fixes: [{ kind: "test-again" }],
};

function summary(vector: readonly number[]): string {
  return `${vector.length} dimensions, norm ${normOf(vector).toFixed(4)}`;
}
