/** Does the host name resolve? */

import type { LookupOutcome } from "../../ports.ts";
import type { Step } from "../step.ts";
import { varyUnusedProxy } from "../variations/varyUnusedProxy.ts";
import { hostOf } from "./hostOf.ts";

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
    const took = `${Math.round(lookup.durationMs)} ms`;
    if (lookup.kind === "found") {
      const { addresses } = lookup;
      return {
        evidence: addresses.map(({ address, family }) => `${host} → ${address} (IPv${family}, ${took})`),
        findings: [],
        learned: { addresses },
      };
    }
    const evidence = [`${host}: ${lookup.code} (${took})`];
    const code = lookup.code === "EAI_AGAIN" || lookup.code === "TIMEOUT" ? "name.timeout" : "name.not-found";
    return {
      evidence,
      findings: [
        { code, severity: "blocker", evidence, fixes: [{ kind: "open-settings" }, { kind: "test-again" }] },
      ],
    };
  },

  vary: (judgement, subject, _learned, ports, signal) => varyUnusedProxy(judgement, subject, ports, signal),
};
