/** A task's route is missing: the base URL may be wrong, or the server was not started for this task. */

import { joinPath, originOf } from "../../endpoint/baseUrl.ts";
import type { Task } from "../../endpoint/endpoint.ts";
import { profileOf } from "../../servers/profileOf.ts";
import { excerpt } from "../evidence.ts";
import type { FindingCode } from "../finding.ts";
import type { DiagnosisPorts, Judgement, Learned, Subject, Varied } from "../step.ts";
import { type Amendment, amendFindings, blockerOf } from "./amendFindings.ts";
import type { Candidate } from "./askCandidate.ts";
import { askCandidates } from "./askCandidates.ts";
import { baseUrlCandidates } from "./baseUrlCandidates.ts";
import { knownLocalPorts } from "./loopbackNeighbours.ts";
import { openApiRoutes } from "./openApiRoutes.ts";
import { setBaseUrlFixes } from "./setBaseUrlFixes.ts";
import { timeoutFixes } from "./timeoutFixes.ts";
import { varyTaskRedirect } from "./varyTaskRedirect.ts";

/** What a missing route looks like. */
const missing = new Set<FindingCode>([
  "http.wrong-path",
  "http.wrong-method",
  "http.not-an-api",
  "http.redirect",
  "address.missing-v1",
  "address.doubled-v1",
  "address.full-path",
  "task.not-started-for",
]);

const operations: Readonly<Record<Task, RegExp>> = {
  chat: /\/chat\/completions$/,
  embedding: /\/embeddings$/,
  rerank: /\/(re)?rank(ing|s)?$|\/score$/,
};

/** Any operation of the API, whatever the task. */
const anyOperation = /\/(chat\/completions|completions|embeddings|rerank|score|models)$/;

/** Enough for all but gateways with dozens. */
const routesShown = 12;

/** For `vary` of a task's rung: looks for the fix of a missing route and of a time-out; other blockers stay as they are. */
export function varyTaskRoute(
  task: Task,
  localPorts: readonly number[] = knownLocalPorts(),
): (
  judgement: Judgement,
  subject: Subject,
  learned: Learned,
  ports: DiagnosisPorts,
  signal: AbortSignal,
) => Promise<Varied> {
  return async (judgement, subject, learned, ports, signal) => {
    const code = blockerOf(judgement)?.code;
    if (code === undefined || !missing.has(code) || subject.endpoint.protocol !== "openai") {
      const fixes = code === undefined ? [] : timeoutFixes(code, subject.endpoint.timeouts);
      return { variations: [], findings: amendFindings(judgement, { fixes }) };
    }
    if (code === "http.redirect" && learned.served !== undefined) {
      return varyTaskRedirect(judgement, subject, operations[task], ports, signal);
    }
    const asked = learned.routes === undefined ? await openApiRoutes(subject, ports.http, signal) : undefined;
    const routes = asked?.routes ?? learned.routes;
    const candidates = candidatesFor(task, code, subject, routes);
    // Where the models were listed, this is the server that was meant.
    const tried =
      learned.served === undefined || candidates.length > 0
        ? await askCandidates(candidates, subject, learned, { ...ports, localPorts }, signal)
        : [];
    return {
      variations: [...(asked === undefined ? [] : [asked]), ...tried].map(({ variation }) => variation),
      findings: amendFindings(
        judgement,
        verdict(task, code, { ...learned, ...(routes === undefined ? {} : { routes }) }, tried),
      ),
      learned: routes === undefined ? {} : { routes },
    };
  };
}

/** The server's own routes know better than any guess. */
function candidatesFor(
  task: Task,
  code: FindingCode,
  { endpoint: { baseUrl } }: Subject,
  routes: readonly string[] = [],
): readonly string[] {
  const operation = operations[task];
  const fitting = routes.filter((route) => operation.test(route));
  const named = fitting.length > 0 ? fitting : routes.filter((route) => anyOperation.test(route));
  if (named.length === 0) {
    // The models were listed under this base URL, so the path is right.
    return code === "task.not-started-for" ? [] : baseUrlCandidates(baseUrl);
  }
  const heads = named.map((route) => route.replace(anyOperation, "").replace(operation, ""));
  // The version that OpenAI's clients use comes first: servers have old routes without it.
  const sorted = [...new Set(heads)].sort((a, b) => Number(b.endsWith("/v1")) - Number(a.endsWith("/v1")));
  return sorted
    .map((head) => `${originOf(baseUrl) ?? ""}${head}${new URL(baseUrl).search}`)
    .filter((each) => joinPath(each, "") !== joinPath(baseUrl, "") && !each.includes("{"));
}

function verdict(
  task: Task,
  code: FindingCode,
  { routes, server }: Learned,
  tried: readonly Candidate[],
): Amendment {
  const amendment = setBaseUrlFixes(tried);
  if (routes === undefined) {
    return amendment;
  }
  const known = routes.filter((route) => anyOperation.test(route) || operations[task].test(route));
  const evidence = [`/openapi.json: ${excerpt(known.slice(0, routesShown).join(", "))}`];
  const hasOther = tried.some(({ variation }) => variation.worked === "yes");
  const hasRoute = routes.some((route) => operations[task].test(route));
  if (hasOther) {
    const isMoved = code === "task.not-started-for" && hasRoute;
    return { ...amendment, evidence, ...(isMoved ? { code: "http.wrong-path" } : {}) };
  }
  // It has routes of the API, but none for this task.
  const isUnstarted = !hasRoute && known.length > 0;
  const isLacking = profileOf(server?.id).lacks?.includes(task) === true;
  const unstarted = isLacking ? "task.unsupported" : "task.not-started-for";
  return { ...amendment, evidence, ...(isUnstarted ? { code: unstarted } : {}) };
}
