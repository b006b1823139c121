/** The list of models fails: does the task's own route answer? Some keys may not list, and some gateways have no list. */

import { joinPath } from "../../endpoint/baseUrl.ts";
import type { Task } from "../../endpoint/endpoint.ts";
import type { HttpOutcome } from "../../ports.ts";
import { rerankDialects } from "../../rerank/dialects.ts";
import { parseJson } from "../errorEnvelope.ts";
import { type Finding, type FindingCode, isBlocker } from "../finding.ts";
import { judgeOutcome } from "../judgeReply.ts";
import type { Variation } from "../report.ts";
import type { DiagnosisPorts, Judgement, Learned, Subject } from "../step.ts";
import { sendWire, taskAsked, type Wire } from "../steps/taskRequest.ts";
import { blockerOf } from "./amendFindings.ts";

export interface TaskTried {
  /** Empty where there was no reason to ask, or no model to ask for. */
  readonly variations: readonly Variation[];
  /** Those of the judgement with the blocker made a warning; absent where the route does not answer either. */
  readonly findings?: readonly Finding[];
}

/** What may be the fault of the models route alone. A gateway without its server and a refused key are not. */
const mayBeListing = new Set<FindingCode>([
  "http.not-an-api",
  "http.malformed",
  "http.server-error",
  "http.error-in-200",
  "auth.forbidden",
]);

/** One request, the shortest there is, and only for a model that is configured. */
export async function tryTask(
  judgement: Judgement,
  subject: Subject,
  learned: Learned,
  { http }: DiagnosisPorts,
  signal: AbortSignal,
): Promise<TaskTried> {
  const { models, protocol } = subject.endpoint;
  const code = blockerOf(judgement)?.code;
  const task = subject.tasks.find((each) => models[each] !== undefined);
  const isListing = code !== undefined && mayBeListing.has(code) && learned.models?.kind === "reply";
  if (!isListing || task === undefined || protocol !== "openai") {
    return { variations: [] };
  }
  const model = models[task] ?? "";
  const wire = wireOf(task, model, subject, learned);
  const { outcome } = await sendWire(wire, subject, http, signal);
  const asked = taskAsked(wire.url, subject, { ...learned, chosen: { [task]: model } }, task);
  const problem = judgeOutcome(outcome, asked)[0]?.code;
  const isAnswered = problem === undefined ? holdsAnswer(outcome) : isOfModelApi(problem);
  const came = outcome.kind === "fault" ? outcome.fault.code : String(outcome.reply.status);
  const variation: Variation = {
    what: `POST ${wire.url.replace(/[?#].*$/, "")}`,
    outcome: problem === undefined || outcome.kind === "fault" ? came : `${came}, ${problem}`,
    worked: isAnswered ? "yes" : "no",
  };
  return {
    variations: [variation],
    ...(isAnswered ? { findings: softened(judgement, `${variation.what} → ${variation.outcome}`) } : {}),
  };
}

function wireOf(task: Task, model: string, { endpoint: { baseUrl } }: Subject, { server }: Learned): Wire {
  switch (task) {
    case "chat": {
      const messages = [{ role: "user", content: "ping" }];
      return { url: joinPath(baseUrl, "/chat/completions"), body: { model, messages, max_tokens: 8 } };
    }
    case "embedding":
      return { url: joinPath(baseUrl, "/embeddings"), body: { model, input: "ping" } };
    case "rerank":
      return rerankDialects(baseUrl, server?.id)[0](baseUrl, {
        model,
        query: "ping",
        documents: ["ping", "pong"],
      });
  }
}

/** Any JSON may come from any program; these lists come from a model. */
function holdsAnswer(outcome: HttpOutcome): boolean {
  const body = outcome.kind === "reply" ? parseJson(outcome.reply.body) : undefined;
  const fields = body === Object(body) ? (body as Readonly<Record<string, unknown>>) : {};
  const lists = [body, fields["choices"], fields["data"], fields["results"]];
  return lists.some((each) => Array.isArray(each) && each.length > 0);
}

/** A refusal that only a model API words so; its own rung then says what to do. */
function isOfModelApi(code: FindingCode): boolean {
  return /^(model|request|limit)\./.test(code) && code !== "request.invalid";
}

function softened(judgement: Judgement, line: string): readonly Finding[] {
  return judgement.findings.map((finding): Finding => {
    if (!isBlocker(finding)) {
      return finding;
    }
    const evidence = [...finding.evidence, line];
    // The path is right, so that no other base URL is to be offered.
    const fixes = finding.fixes.filter(({ kind }) => kind !== "set-base-url");
    const code = finding.code === "http.not-an-api" ? "http.no-models-route" : finding.code;
    return { ...finding, code, severity: "warning", evidence, fixes };
  });
}
