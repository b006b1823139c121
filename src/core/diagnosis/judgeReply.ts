/** From an HTTP reply to the findings in it: one place for the ladder, the background check, chat and embeddings. */

import { cleanBaseUrl, hasVersion, isDashScope, joinPath, originOf } from "../endpoint/baseUrl.ts";
import type { Task } from "../endpoint/endpoint.ts";
import type { HttpOutcome, HttpReply, KeyReading } from "../ports.ts";
import { parseJson, readServerError } from "./errorEnvelope.ts";
import { excerpt, replyEvidence } from "./evidence.ts";
import type { Finding, FindingCode, Fix } from "./finding.ts";
import { judgeFault } from "./judgeFault.ts";
import { judgeKey } from "./judgeKey.ts";
import { replyRules } from "./replyRules.ts";

/** What was asked, as far as it helps to read the answer. */
export interface Asked {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly baseUrl: string;
  readonly key: KeyReading;
  readonly task?: Task;
  readonly model?: string;
}

/** Findings of a whole exchange: fault, cut body or reply. Empty for a 2xx whose body is a JSON value without an error. */
export function judgeOutcome(outcome: HttpOutcome, asked: Asked): readonly Finding[] {
  if (outcome.kind === "fault") {
    return [judgeFault(asked.method, asked.url, outcome.fault)];
  }
  if (outcome.kind === "cut") {
    const cut = judgeFault(asked.method, asked.url, outcome.fault, "status");
    return [
      {
        ...cut,
        evidence: [...replyEvidence(asked.method, asked.url, outcome.reply), ...cut.evidence.slice(1)],
      },
    ];
  }
  return judgeReply(outcome.reply, asked);
}

/** Findings of a reply that arrived whole. */
export function judgeReply(reply: HttpReply, asked: Asked): readonly Finding[] {
  const finding =
    reply.status >= 200 && reply.status < 300 ? judgeSuccess(reply, asked) : judgeError(reply, asked);
  return finding === undefined ? [] : [finding];
}

/** A 200 is no proof: pages of proxies, errors in a 200 (LM Studio, OpenRouter) and broken bodies come with it. */
function judgeSuccess(reply: HttpReply, asked: Asked): Finding | undefined {
  const body = parseJson(reply.body);
  if (body === undefined) {
    const code =
      looksLikeHtml(reply) || !/json|stream/.test(reply.headers["content-type"] ?? "")
        ? "http.not-an-api"
        : "http.malformed";
    return blocker(reply.body.trim() === "" ? "http.malformed" : code, reply, asked);
  }
  const holdsError = typeof body === "object" && body !== null && "error" in body && body.error !== null;
  return holdsError ? blocker(codeInError(reply, asked, "http.error-in-200"), reply, asked) : undefined;
}

function judgeError(reply: HttpReply, asked: Asked): Finding {
  if (reply.status === 401) {
    const key = judgeKey(asked.key, asked.baseUrl, reply.body);
    return {
      code: key.code,
      severity: "blocker",
      evidence: replyEvidence(asked.method, asked.url, reply),
      fixes: key.fixes,
    };
  }
  return blocker(codeInError(reply, asked, "http.not-an-api"), reply, asked);
}

function codeInError(reply: HttpReply, asked: Asked, otherwise: FindingCode): FindingCode {
  const error = readServerError(parseJson(reply.body));
  const said =
    error === undefined ? reply.body.slice(0, 2000) : `${error.message} ${error.code} ${error.type}`;
  const rule = replyRules.find(
    ({ statuses, says }) =>
      // An error in a 200 has no status to go by, so there only what it says counts.
      (statuses === undefined ||
        statuses.includes(reply.status) ||
        (reply.status < 300 && says !== undefined)) &&
      (says === undefined || says.test(said)),
  );
  return refine(rule?.code ?? otherwise, reply, asked);
}

/** Where the same words mean something else on one host or for one request. */
function refine(code: FindingCode, reply: HttpReply, asked: Asked): FindingCode {
  // DashScope's insufficient_quota is a rate of tokens, and passes within a minute (servers.md 0.12).
  if (code === "limit.quota" && isDashScope(asked.baseUrl)) {
    return "limit.tokens";
  }
  // Ollama bound to loopback refuses foreign Host headers with an empty 403.
  if (code === "auth.forbidden" && reply.body === "" && reply.headers["server"] === undefined) {
    return "http.host-rejected";
  }
  return code === "http.wrong-path" ? wrongPathCode(asked.baseUrl) : code;
}

/** What is wrong with the base URL, where it shows. */
function wrongPathCode(baseUrl: string): FindingCode {
  const cleaned = cleanBaseUrl(baseUrl);
  const changes = cleaned.kind === "clean" ? cleaned.changes : [];
  if (changes.includes("path-cut")) {
    return "address.full-path";
  }
  if (!hasVersion(baseUrl)) {
    return "address.missing-v1";
  }
  return changes.includes("version-deduplicated") ? "address.doubled-v1" : "http.wrong-path";
}

function blocker(code: FindingCode, reply: HttpReply, asked: Asked): Finding {
  return {
    code,
    severity: "blocker",
    evidence: [...replyEvidence(asked.method, asked.url, reply), ...locationEvidence(reply)],
    fixes: fixesFor(code, asked),
  };
}

function locationEvidence(reply: HttpReply): readonly string[] {
  const location = reply.headers["location"];
  // Its query belongs to a sign-in, or carries what the request's own did.
  return location === undefined ? [] : [`Location: ${excerpt(location.replace(/[?#].*$/s, ""), 300)}`];
}

function fixesFor(code: FindingCode, asked: Asked): readonly Fix[] {
  const again: Fix = { kind: "test-again" };
  if (code === "address.missing-v1") {
    const path =
      isDashScope(asked.baseUrl) && !asked.baseUrl.includes("/compatible-mode")
        ? "/compatible-mode/v1"
        : "/v1";
    return [{ kind: "set-base-url", baseUrl: joinPath(asked.baseUrl, path) }, again];
  }
  const cleaned = cleanBaseUrl(asked.baseUrl);
  if ((code === "address.doubled-v1" || code === "address.full-path") && cleaned.kind === "clean") {
    return [{ kind: "set-base-url", baseUrl: cleaned.baseUrl }, again];
  }
  if (code === "http.not-an-api" || code === "http.wrong-path") {
    const root = originOf(asked.baseUrl);
    const guess: readonly Fix[] =
      root === undefined || asked.baseUrl === `${root}/v1`
        ? []
        : [{ kind: "set-base-url", baseUrl: `${root}/v1` }];
    return [...guess, { kind: "open-settings" }, again];
  }
  if (code.startsWith("model.") || code === "task.not-started-for") {
    return [{ kind: "list-models" }, again];
  }
  return code.startsWith("auth.") ? [{ kind: "set-key" }, again] : [again, { kind: "open-settings" }];
}

function looksLikeHtml(reply: HttpReply): boolean {
  return (
    /html/i.test(reply.headers["content-type"] ?? "") || /^\s*<(!doctype|html|head|body)/i.test(reply.body)
  );
}
