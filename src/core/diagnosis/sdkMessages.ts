/** What the OpenAI SDKs would have said of the same failure, so that a person recognises their own error message (facts: servers.md section 10). */

import type { Exchange } from "./exchange.ts";
import type { Finding } from "./finding.ts";

/** A line for each SDK; empty where nothing failed. `exchanges` are the rung's own, in order. */
export function sdkMessages(findings: readonly Finding[], exchanges: readonly Exchange[]): readonly string[] {
  const failed = exchanges.find(({ status = 0 }) => status >= 400);
  if (findings.length === 0 || failed === undefined) {
    return [];
  }
  return [`openai (JavaScript): ${failed.status ?? 0} ${failed.replyBody.slice(0, 300)}`];
}
