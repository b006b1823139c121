/** Why a key was refused: what the key itself gives away, before blaming the server. */

import { isDashScope } from "../endpoint/baseUrl.ts";
import type { KeyReading } from "../ports.ts";
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
  if (key.kind !== "key") {
    return { code: "auth.missing", fixes: askForKey };
  }
  return {
    code: keyProblem(key.value) ?? providerProblem(key.value, baseUrl, body) ?? "auth.rejected",
    fixes: askForKey,
  };
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

/** DashScope's keys are bound to a region and to a plan (servers.md section 7). */
function providerProblem(key: string, baseUrl: string, body: string): FindingCode | undefined {
  if (!isDashScope(baseUrl)) {
    return undefined;
  }
  const isPlanKey = key.startsWith("sk-sp-");
  const isPlanHost = new URL(baseUrl).hostname.startsWith("coding.");
  if (isPlanKey !== isPlanHost || /invalid access token/i.test(body)) {
    return "auth.wrong-plan";
  }
  return /invalid_api_key|InvalidApiKey|Incorrect API key/.test(body) ? "auth.wrong-region" : undefined;
}
