/** From an HTTP reply to the findings in it: one place for the ladder, the background check, chat and embeddings. */

import { cleanBaseUrl, hasVersion, isDashScope, joinPath, originOf } from "../endpoint/baseUrl.ts";
import type { Task } from "../endpoint/endpoint.ts";
import type { HttpOutcome, HttpReply, KeyReading } from "../ports.ts";
import { holdsError, parseJson, readServerError } from "./errorEnvelope.ts";
import { excerpt, replyEvidence } from "./evidence.ts";
import type { Finding, FindingCode, Fix } from "./finding.ts";
import { certificateFixes, judgeFault } from "./judgeFault.ts";
import { judgeHeld, judgeKey, keyEvidence } from "./judgeKey.ts";
import type { ReplyRule } from "./replyRule.ts";
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
  return holdsError(body) ? blocker(codeInError(reply, asked, "http.error-in-200"), reply, asked) : undefined;
}

function judgeError(reply: HttpReply, asked: Asked): Finding {
  if (reply.status === 401) {
    const { text } = saidIn(reply);
    // The key may be known and refused for another reason (LiteLLM: a model or a budget it is not for).
    const rule = replyRules.find(
      ({ statuses, says }) => statuses?.includes(401) === true && says?.test(text),
    );
    if (rule !== undefined) {
      return blocker(rule.code, reply, asked);
    }
    if (wantsPassword(reply)) {
      // Asked as if no key had been held back: this sign-in is not about keys.
      return {
        ...blocker("auth.forbidden", reply, { ...asked, key: { kind: "none" } }),
        fixes: [{ kind: "open-settings" }, { kind: "test-again" }],
      };
    }
    const key = judgeKey(asked.key, asked.baseUrl, reply.body);
    return {
      code: key.code,
      severity: "blocker",
      evidence: [
        ...replyEvidence(asked.method, asked.url, reply),
        ...headerEvidence(reply),
        ...(asked.key.kind === "key" || asked.key.kind === "none"
          ? []
          : [keyEvidence(asked.key, asked.baseUrl)]),
      ],
      fixes: key.fixes,
    };
  }
  return blocker(codeInError(reply, asked, "http.not-an-api"), reply, asked);
}

/** A proxy's own sign-in (nginx, Apache): it wants a user and a password, and no model server has seen the key yet. */
function wantsPassword({ headers, body }: HttpReply): boolean {
  const challenge = headers["www-authenticate"] ?? "";
  return /^\s*basic\b/i.test(challenge) && !/\bbearer\b/i.test(challenge) && parseJson(body) === undefined;
}

function codeInError(reply: HttpReply, asked: Asked, otherwise: FindingCode): FindingCode {
  const said = saidIn(reply);
  const rule = replyRules.find((each) => holds(each, reply.status, said));
  return refine(rule?.code ?? otherwise, reply, asked);
}

interface Said {
  /** The server's message, code and type; the start of a body that is no error we know. */
  readonly text: string;
  /** The status that an error in a 200 names as its code. */
  readonly inner: number;
}

function saidIn(reply: HttpReply): Said {
  const error = readServerError(parseJson(reply.body));
  return error === undefined
    ? { text: reply.body.slice(0, mostRead), inner: 0 }
    : {
        text: `${error.message.slice(0, mostRead)} ${error.code} ${error.type}`,
        inner: Number(error.code),
      };
}

/** A server says what is wrong at the start; tracebacks may follow. */
const mostRead = 4000;

/** Statuses that say enough without words where a server writes them into an error in a 200 (OpenRouter). */
const telling = new Set([401, 402, 403, 408, 429]);

function holds({ statuses, says }: ReplyRule, status: number, { text, inner }: Said): boolean {
  if (status >= 300) {
    return (statuses === undefined || statuses.includes(status)) && (says?.test(text) ?? true);
  }
  // An error in a 200 has no status of its own, so what it says counts, or the code it names.
  return says?.test(text) ?? (telling.has(inner) && statuses?.includes(inner) === true);
}

/** Where the same words mean something else on one host or for one request. */
function refine(code: FindingCode, reply: HttpReply, asked: Asked): FindingCode {
  // DashScope's insufficient_quota is a rate of tokens, and passes within a minute (servers.md 0.12).
  if (code === "limit.quota" && isDashScope(asked.baseUrl)) {
    return "limit.tokens";
  }
  // A proxy on the way says who it is; asked for localhost, it looks on its own machine.
  const { via = "", server = "", "x-squid-error": squid = "" } = reply.headers;
  if (code === "http.gateway" && /squid|privoxy|tinyproxy|ERR_/i.test(`${via} ${server} ${squid}`)) {
    return "connect.proxy";
  }
  // Ollama bound to loopback refuses foreign Host headers with an empty 403.
  if (code === "auth.forbidden" && reply.body === "" && reply.headers["server"] === undefined) {
    return "http.host-rejected";
  }
  if (code !== "http.wrong-path") {
    return code;
  }
  // LM Studio and llama.cpp know no 405: a GET of what wants a POST is a path they do not have.
  const isPostRoute = /\/(chat\/completions|embeddings|reranks?)$/.test(asked.url.replace(/\?.*$/, ""));
  const where = wrongPathCode(asked.baseUrl);
  return asked.method === "GET" && isPostRoute && where === "http.wrong-path" ? "http.wrong-method" : where;
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

/** What a server says of a key that we held back is our doing, not the server's. */
const aboutTheKey: ReadonlySet<FindingCode> = new Set(["auth.missing", "auth.rejected", "auth.forbidden"]);

function blocker(code: FindingCode, reply: HttpReply, asked: Asked): Finding {
  const held = aboutTheKey.has(code) ? judgeHeld(asked.key, asked.baseUrl) : undefined;
  return {
    code: held?.code ?? code,
    severity: "blocker",
    evidence: [
      ...replyEvidence(asked.method, asked.url, reply),
      ...headerEvidence(reply),
      ...(held === undefined ? [] : [keyEvidence(asked.key, asked.baseUrl)]),
    ],
    fixes: [...(held?.fixes ?? []), ...fixesFor(code, asked)],
  };
}

/** The headers that say what to do next: where to ask, when, and with what. */
function headerEvidence({ status, headers }: HttpReply): readonly string[] {
  const { location, "retry-after": retryAfter, "www-authenticate": challenge } = headers;
  return [
    // Its query belongs to a sign-in, or carries what the request's own did.
    ...(location === undefined ? [] : [`Location: ${excerpt(location.replace(/[?#].*$/s, ""), 300)}`]),
    ...(retryAfter === undefined ? [] : [`Retry-After: ${excerpt(retryAfter, 80)}`]),
    ...(challenge === undefined || status !== 401 ? [] : [`WWW-Authenticate: ${excerpt(challenge, 200)}`]),
  ];
}

function fixesFor(code: FindingCode, asked: Asked): readonly Fix[] {
  const again: Fix = { kind: "test-again" };
  if (code === "tls.client-certificate") {
    return [...certificateFixes(code), { kind: "open-settings" }, again];
  }
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
