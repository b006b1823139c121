/** Does the server accept the key we hold? Reads the reply to the models request; some servers leave that route open. */

import { askedModels } from "../../endpoint/checkHealth.ts";
import type { HttpOutcome } from "../../ports.ts";
import type { Finding } from "../finding.ts";
import { judgeHeld, keyEvidence } from "../judgeKey.ts";
import { judgeOutcome } from "../judgeReply.ts";
import { isHosted } from "../../servers/isHosted.ts";
import { varyAuth } from "../variations/varyAuth.ts";
import type { Step, Subject } from "../step.ts";

export const auth: Step<HttpOutcome | undefined> = {
  id: "auth",

  gather: (_subject, learned) => Promise.resolve(learned.models),

  judge(outcome, subject) {
    const evidence = [keyEvidence(subject.credentials.key, subject.endpoint.baseUrl)];
    const refused =
      outcome === undefined || outcome.kind === "cut"
        ? []
        : judgeOutcome(outcome, askedModels(subject.endpoint, subject.credentials)).filter(isAboutKeys);
    return { evidence, findings: refused.length > 0 ? refused : judgeUnused(subject, evidence, outcome) };
  },

  vary: varyAuth,
};

function isAboutKeys({ code }: Finding): boolean {
  return code.startsWith("auth.");
}

/** The server did not mind, but a key that was not sent may be missed by the next request. */
function judgeUnused(
  { credentials: { key }, endpoint }: Subject,
  evidence: readonly string[],
  outcome: HttpOutcome | undefined,
): readonly Finding[] {
  const held = judgeHeld(key, endpoint.baseUrl);
  if (held !== undefined) {
    const fixes = [...held.fixes, { kind: "set-key" } as const];
    return [{ code: held.code, severity: "warning", evidence, fixes }];
  }
  const isEmpty = key.kind === "missing" || (key.kind === "key" && key.value.trim() === "");
  const isOpen = outcome?.kind === "reply" && outcome.reply.status === 200 && !isHosted(endpoint.baseUrl);
  // The OpenAI SDKs refuse an empty key before they send anything, though this server wants none.
  return isEmpty && isOpen
    ? [
        {
          code: "auth.empty",
          severity: "note",
          evidence,
          fixes: [{ kind: "use-no-key" }, { kind: "set-key" }],
        },
      ]
    : [];
}
