/** Why a key was refused: what the key itself gives away, before blaming the server. */

import { isDashScope } from "../endpoint/baseUrl.ts";
import type { KeyReading } from "../ports.ts";
import { otherRegions } from "../servers/otherRegions.ts";
import type { FindingCode, Fix } from "./finding.ts";

interface KeyVerdict {
  readonly code: FindingCode;
  readonly fixes: readonly Fix[];
}

const askForKey: readonly Fix[] = [{ kind: "set-key" }, { kind: "test-again" }];

/** Called with a 401's body; the verdict never contains the key. */
export function judgeKey(key: KeyReading, baseUrl: string, body: string): KeyVerdict {
  if (key.kind === "other-origin" || key.kind === "needs-consent") {
    const origin = URL.canParse(baseUrl) ? new URL(baseUrl).origin : baseUrl;
    return { code: "auth.origin-changed", fixes: [{ kind: "allow-key-for-origin", origin }, ...askForKey] };
  }
  if (key.kind === "plain-http") {
    const allow: Fix = { kind: "allow-plain-http", origin: key.origin };
    return { code: "auth.plain-http", fixes: [allow, ...askForKey] };
  }
  if (key.kind !== "key") {
    return { code: "auth.missing", fixes: askForKey };
  }
  const code =
    keyProblem(key.value) ??
    (isPlaceholder(key.value) ? "auth.missing" : undefined) ??
    providerProblem(key.value, baseUrl, body) ??
    "auth.rejected";
  // Another region is another origin, so the key goes there only when the person says so.
  const regions =
    code === "auth.wrong-region"
      ? otherRegions(baseUrl).map((each) => ({ kind: "try-region" as const, ...each }))
      : [];
  const plan = code === "auth.wrong-plan" ? planFixes(key.value, baseUrl) : [];
  return { code, fixes: [...plan, ...askForKey.slice(0, 1), ...regions, ...askForKey.slice(1)] };
}

/** What people write where a client insists on a key and the server needs none; not what was issued by anybody. */
function isPlaceholder(key: string): boolean {
  return /^(empty|none|null|undefined|dummy|placeholder|no-?key|token-abc123|ollama|lm-studio|sk-(no-key-required|x+|\.+)|your[-_].*key.*|<.*>)$/i.test(
    key.trim(),
  );
}

/** What no server accepts, whatever the key. Undefined for a key that may be right. */
export function keyProblem(key: string): FindingCode | undefined {
  if (key.trim() === "") {
    return "auth.empty";
  }
  // Keys pasted from a curl command often keep the scheme, and we would then send it twice.
  if (/^bearer\s/i.test(key.trim())) {
    return "auth.double-bearer";
  }
  if (/[^\x20-\x7e]/.test(key.trim())) {
    return "auth.non-ascii";
  }
  return key === key.trim() ? undefined : "auth.whitespace";
}

/** The address of the plan that the key belongs to, where the key shows its plan. */
function planFixes(key: string, baseUrl: string): readonly Fix[] {
  const plan = isPlanKey(key)
    ? "https://coding.dashscope.aliyuncs.com/v1"
    : "https://dashscope.aliyuncs.com/compatible-mode/v1";
  return isPlanKey(key) === isPlanHost(baseUrl) ? [] : [{ kind: "set-base-url", baseUrl: plan }];
}

function isPlanKey(key: string): boolean {
  return key.startsWith("sk-sp-");
}

function isPlanHost(baseUrl: string): boolean {
  return new URL(baseUrl).hostname.startsWith("coding.");
}

/** DashScope's keys are bound to a region and to a plan (servers.md section 7). */
function providerProblem(key: string, baseUrl: string, body: string): FindingCode | undefined {
  if (!isDashScope(baseUrl)) {
    return undefined;
  }
  if (isPlanKey(key) !== isPlanHost(baseUrl) || /invalid access token/i.test(body)) {
    return "auth.wrong-plan";
  }
  return /invalid_api_key|InvalidApiKey|Incorrect API key/.test(body) ? "auth.wrong-region" : undefined;
}
