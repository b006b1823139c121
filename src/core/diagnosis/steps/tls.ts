/** Does the TLS handshake succeed, and if not, what does the peer really speak? */

import type { HandshakeOutcome } from "../../ports.ts";
import type { Finding, Fix } from "../finding.ts";
import { tlsCode } from "../judgeFault.ts";
import type { Step } from "../step.ts";
import { portOf } from "./connect.ts";
import { hostOf } from "./name.ts";

export const tls: Step<HandshakeOutcome | undefined> = {
  id: "tls",

  async gather({ endpoint }, { reached }, { sockets }, signal) {
    if (reached === undefined || !endpoint.baseUrl.startsWith("https:")) {
      return undefined;
    }
    const target = {
      host: hostOf(endpoint.baseUrl),
      address: reached.address,
      port: portOf(endpoint.baseUrl),
      tls: endpoint.tls,
    };
    return sockets.handshake(target, endpoint.timeouts.connectMs, signal);
  },

  judge(handshake, { endpoint }) {
    if (handshake === undefined) {
      return {
        status: "skipped",
        evidence: [endpoint.baseUrl.startsWith("https:") ? "proxy" : "http"],
        findings: [],
      };
    }
    if (handshake.kind === "secured") {
      return { evidence: [handshake.protocol], findings: [] };
    }
    const evidence = certificateEvidence(handshake);
    return { evidence, findings: [blocked(handshake, evidence, endpoint.baseUrl)] };
  },
};

type Fault = HandshakeOutcome & { readonly kind: "fault" };

function blocked(fault: Fault, evidence: readonly string[], baseUrl: string): Finding {
  const code = tlsCode(fault.code);
  const fix: readonly Fix[] =
    code === "tls.plain-http-server"
      ? [{ kind: "set-base-url", baseUrl: baseUrl.replace(/^https:/, "http:") }]
      : [];
  return {
    code,
    severity: "blocker",
    evidence,
    fixes: [...fix, { kind: "open-settings" }, { kind: "test-again" }],
  };
}

function certificateEvidence({ code, message, certificate }: Fault): readonly string[] {
  return [
    `${code}: ${message}`,
    ...(certificate === undefined
      ? []
      : [
          `subject: ${certificate.subject}`,
          `issuer: ${certificate.issuer}`,
          `valid to: ${certificate.validTo}`,
          `names: ${certificate.names.join(", ")}`,
        ]),
  ];
}
