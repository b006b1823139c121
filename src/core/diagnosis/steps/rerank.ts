/** Does it rerank, and is the order right? Ranks a few texts whose order is known; a full test does so in Chinese too. */

import { type ReadRerank, readRerank, type RerankDialect, rerankDialects } from "../../rerank/dialects.ts";
import { judgeRankings, type Ranking, rankingEvidence } from "../../rerank/judgeScores.ts";
import { type RerankSet, rerankSets } from "../../rerank/rerankSets.ts";
import { parseJson } from "../errorEnvelope.ts";
import { excerpt } from "../evidence.ts";
import type { Finding } from "../finding.ts";
import type { Step } from "../step.ts";
import { varyTaskRoute } from "../variations/varyTaskRoute.ts";
import { judgeTaskReply, notAnAnswer, sendWire, taskEvidence, type TaskReply } from "./taskRequest.ts";

export interface RerankReplies {
  /** What was tried before `first`, where the route was missing or of another dialect. */
  readonly tried: readonly TaskReply[];
  readonly first: TaskReply;
  readonly second?: TaskReply;
}

export const rerank: Step<RerankReplies> = {
  id: "rerank",
  task: "rerank",

  vary: varyTaskRoute("rerank"),

  async gather(subject, { chosen, server }, { http }, signal) {
    const { baseUrl } = subject.endpoint;
    const ask = (dialect: RerankDialect, { query, documents }: RerankSet): Promise<TaskReply> =>
      sendWire(dialect(baseUrl, { model: chosen?.rerank ?? "", query, documents }), subject, http, signal);
    const [own, other] = rerankDialects(baseUrl, server?.id);
    const first = await ask(own, rerankSets.en);
    const neighbour = isMissing(first) ? await ask(other, rerankSets.en) : undefined;
    const isOther = neighbour !== undefined && isAnswer(neighbour);
    const replies = isOther
      ? { tried: [first], first: neighbour }
      : { tried: neighbour === undefined ? [] : [neighbour], first };
    return subject.depth === "full" && scoresIn(replies.first) !== undefined
      ? { ...replies, second: await ask(isOther ? other : own, rerankSets.zh) }
      : replies;
  },

  judge({ tried, first, second }, subject, learned) {
    const evidence = [...tried, first].flatMap(taskEvidence);
    const failures = judgeTaskReply(first, subject, learned, "rerank");
    if (failures.length > 0 || first.outcome.kind !== "reply") {
      return { evidence, findings: failures };
    }
    const { body } = first.outcome.reply;
    const read = scoresIn(first);
    if (read === undefined || read.scores.length === 0) {
      return { evidence, findings: [notAnAnswer("rerank.shape", body)] };
    }
    const readSecond = second === undefined ? undefined : scoresIn(second);
    const rankings = [
      ...rankingIn(read, rerankSets.en),
      ...(readSecond === undefined ? [] : rankingIn(readSecond, rerankSets.zh)),
    ];
    return {
      evidence: [...evidence, ...rankings.map(rankingEvidence)],
      findings: [
        ...judgeShapes(first, second),
        ...judgeRankings(rankings),
        ...(second === undefined ? [] : judgeTaskReply(second, subject, learned, "rerank").map(softened)),
      ],
    };
  },
};

/** No such route; or, where the base URL has no `/v1`, TEI's route, which misses its `texts`. */
function isMissing({ outcome }: TaskReply): boolean {
  if (outcome.kind !== "reply") {
    return false;
  }
  const { status, body } = outcome.reply;
  return status === 404 || status === 405 || (status === 422 && body.includes("`texts`"));
}

/** Scores, or TEI's word that its model is another kind: both say more than the missing route. */
function isAnswer(reply: TaskReply): boolean {
  const { outcome } = reply;
  return outcome.kind === "reply" && (scoresIn(reply) !== undefined || outcome.reply.status === 424);
}

function scoresIn({ outcome }: TaskReply): ReadRerank | undefined {
  return outcome.kind === "reply" && outcome.reply.status < 300
    ? readRerank(parseJson(outcome.reply.body))
    : undefined;
}

/** The order can be judged where every text has one score. */
function rankingIn({ scores }: ReadRerank, set: RerankSet): readonly Ranking[] {
  return isWhole(scores, set) ? [{ set, scores }] : [];
}

function isWhole(scores: ReadRerank["scores"], { documents }: RerankSet): boolean {
  const isOnce = (place: number): boolean => scores.filter(({ index }) => index === place).length === 1;
  return scores.length === documents.length && documents.every((_, place) => isOnce(place));
}

/** Told once, where it weighs most. */
function judgeShapes(first: TaskReply, second: TaskReply | undefined): readonly Finding[] {
  const found = [
    ...judgeShape(first, rerankSets.en),
    ...(second === undefined ? [] : judgeShape(second, rerankSets.zh)),
  ];
  return [found.find(({ severity }) => severity === "warning") ?? found[0]].filter(
    (each) => each !== undefined,
  );
}

/** A warning where scores are missing or can not be told whose they are; a note where they stand elsewhere than most clients look. */
function judgeShape(reply: TaskReply, set: RerankSet): readonly Finding[] {
  if (reply.outcome.kind !== "reply" || reply.outcome.reply.status >= 300) {
    return [];
  }
  const start = excerpt(reply.outcome.reply.body, 300);
  const finding = { code: "rerank.shape", fixes: [{ kind: "test-again" }] } as const;
  const read = scoresIn(reply);
  if (read === undefined || !isWhole(read.scores, set)) {
    const indexes = read?.scores.map(({ index }) => index) ?? [];
    const counts = `${set.documents.length} documents, ${indexes.length} scores with index ${indexes.join(", ")}`;
    return [{ ...finding, severity: "warning", evidence: [counts, start] }];
  }
  return read.shape === "common" ? [] : [{ ...finding, severity: "note", evidence: [start] }];
}

/** It ranked the first set, so a failure of the second is no reason why it would not work. */
function softened(finding: Finding): Finding {
  return { ...finding, severity: "warning" };
}
