/** Is the server loading, unhealthy or overloaded? Asks its health route, and reads the models reply once more. */

import { askedModels, judgeModels } from "../../endpoint/checkHealth.ts";
import { isLoopbackHost } from "../../endpoint/baseUrl.ts";
import type { HttpOutcome, HttpReply } from "../../ports.ts";
import { atRoot } from "../../servers/atRoot.ts";
import { profileOf } from "../../servers/profileOf.ts";
import type { HealthRoute } from "../../servers/serverProfile.ts";
import { faultEvidence, replyEvidence } from "../evidence.ts";
import type { Finding, FindingCode } from "../finding.ts";
import { judgeReply } from "../judgeReply.ts";
import type { Judgement, Learned, Step, Subject } from "../step.ts";
import { freeGet } from "./freeGet.ts";
import { varyProxy } from "../variations/varyProxy.ts";
import { hostOf } from "./hostOf.ts";

/** SGLang gives up its own check after 20 s (SGLANG_HEALTH_CHECK_TIMEOUT). */
const generationWaitMs = 25_000;

export const health: Step<HttpOutcome | undefined> = {
  id: "health",

  async gather(subject, learned, { http }, signal) {
    const route = routeToAsk(subject, learned);
    if (route === undefined) {
      return undefined;
    }
    const request = freeGet(subject, route.path, route.cost === "generation" ? generationWaitMs : undefined);
    return http.send(request, signal);
  },

  judge(outcome, subject, learned) {
    const listing = judgeListing(subject, learned);
    const judged = judgeHealth(outcome, subject, learned);
    const state = listing.length > 0 ? listing : judged.findings;
    const findings = [...state, ...judgeExposure(subject, learned)];
    return findings.length === 0 ? judged : { evidence: judged.evidence, findings };
  },

  vary: (judgement, subject, _learned, ports, signal) => varyProxy(judgement, subject, ports, signal),
};

/** One that costs a generation is left to a full test. */
function routeToAsk({ depth }: Subject, { server }: Learned): HealthRoute | undefined {
  const { health: route } = profileOf(server?.id);
  return route?.cost === "generation" && depth === "basic" ? undefined : route;
}

/** What the models request was answered, where that is about the server's state: nothing above can work then. */
function judgeListing({ endpoint, credentials }: Subject, { models }: Learned): readonly Finding[] {
  return models === undefined
    ? []
    : judgeModels(models, askedModels(endpoint, credentials)).filter(({ code }) =>
        code.startsWith("server."),
      );
}

function judgeHealth(outcome: HttpOutcome | undefined, subject: Subject, learned: Learned): Judgement {
  const skipped = { status: "skipped", findings: [] } as const;
  const profile = profileOf(learned.server?.id);
  const { health: route } = profile;
  if (route === undefined || outcome === undefined) {
    const why = route === undefined ? "no health route" : `GET ${route.path}: costs a token, full test only`;
    return { ...skipped, evidence: [why] };
  }
  const { baseUrl } = subject.endpoint;
  const url = atRoot(baseUrl, route.path);
  if (outcome.kind !== "reply") {
    const evidence = faultEvidence("GET", url, outcome.fault);
    // A proxy may drop what it does not know; a server that has the route should answer on it.
    return profile.id === "unknown"
      ? { ...skipped, evidence }
      : { evidence, findings: [aFinding("server.unhealthy", "warning", evidence)] };
  }
  const evidence = replyEvidence("GET", url, outcome.reply);
  // What an unknown gateway answers at its root says nothing of the models it has listed below.
  if (profile.id === "unknown" && isListed(learned)) {
    return { ...skipped, evidence };
  }
  if (outcome.reply.status < 300) {
    return { evidence, findings: [] };
  }
  const code = codeOf(outcome.reply, url, route, subject);
  return code === undefined
    ? { ...skipped, evidence }
    : { evidence, findings: [aFinding(code, severityOf(code, outcome.reply, learned), evidence)] };
}

/** Undefined where the reply says that there is no such route, or none for us. */
function codeOf(
  reply: HttpReply,
  url: string,
  { on503 }: HealthRoute,
  { endpoint: { baseUrl } }: Subject,
): FindingCode | undefined {
  if (reply.status === 503 && reply.body === "" && on503 !== undefined) {
    return on503;
  }
  const asked = { method: "GET", url, baseUrl, key: { kind: "none" } } as const;
  const [finding] = judgeReply(reply, asked);
  if (finding?.code.startsWith("server.") === true) {
    return finding.code;
  }
  return reply.status >= 500 && reply.status !== 501 ? "server.unhealthy" : undefined;
}

/**
 * Where models are listed the server lives, whatever its health route says, unless it says that it is loading.
 * A 503 without a word, from something unknown, may be a proxy's own.
 */
function severityOf(code: FindingCode, { status }: HttpReply, learned: Learned): Finding["severity"] {
  const isPlain = code === "server.unhealthy" && learned.server === undefined;
  return status === 503 && (code === "server.loading" || !(isListed(learned) || isPlain))
    ? "blocker"
    : "warning";
}

function isListed({ models }: Learned): boolean {
  return models?.kind === "reply" && models.reply.status === 200;
}

/** Known from the software alone: the page that shows the keys is never asked for. */
function judgeExposure({ endpoint, credentials }: Subject, { server }: Learned): readonly Finding[] {
  const host = hostOf(endpoint.baseUrl);
  return server?.id === "sglang" && credentials.key.kind === "key" && !isLoopbackHost(host)
    ? [aFinding("server.exposes-key", "note", [`${server.name}, ${host}`])]
    : [];
}

function aFinding(code: FindingCode, severity: Finding["severity"], evidence: readonly string[]): Finding {
  return { code, severity, evidence, fixes: [{ kind: "test-again" }] };
}
