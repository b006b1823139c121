/** Does the host name resolve? */

import type { LookupOutcome } from "../../ports.ts";
import type { Step } from "../step.ts";

export const name: Step<LookupOutcome | undefined> = {
  id: "name",

  gather: (subject, _learned, { sockets }, signal) =>
    subject.proxy === undefined
      ? sockets.lookup(hostOf(subject.endpoint.baseUrl), signal)
      : Promise.resolve(undefined),

  judge(lookup, { endpoint, proxy }) {
    const host = hostOf(endpoint.baseUrl);
    if (lookup === undefined) {
      return { status: "skipped", evidence: [`proxy: ${proxy ?? ""}`], findings: [] };
    }
    if (lookup.kind === "found") {
      const { addresses } = lookup;
      return {
        evidence: addresses.map((each) => `${host} → ${each.address}`),
        findings: [],
        learned: { addresses },
      };
    }
    const evidence = [`${host}: ${lookup.code}`];
    const code = lookup.code === "EAI_AGAIN" || lookup.code === "TIMEOUT" ? "name.timeout" : "name.not-found";
    return {
      evidence,
      findings: [
        { code, severity: "blocker", evidence, fixes: [{ kind: "open-settings" }, { kind: "test-again" }] },
      ],
    };
  },
};

/** The host of a base URL, IPv6 without its brackets, as the system's look-up wants it. */
export function hostOf(baseUrl: string): string {
  return new URL(baseUrl).hostname.replace(/^\[|\]$/g, "");
}
