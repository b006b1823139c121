/** Does the TLS handshake succeed, and if not, what does the peer really speak? */

import { wireOptions } from "../../endpoint/wireOptions.ts";
import type { Certificate, HandshakeOutcome } from "../../ports.ts";
import { excerpt } from "../evidence.ts";
import type { Finding, FindingCode, Fix } from "../finding.ts";
import { certificateFixes, tlsCode } from "../judgeFault.ts";
import type { Step } from "../step.ts";
import { varyTls } from "../variations/varyTls.ts";
import { hostOf, portOf } from "./hostOf.ts";

interface Gathered {
  readonly handshake: HandshakeOutcome;
  readonly nowMs: number;
}

/** A certificate that ends sooner is worth a note. */
const soonMs = 14 * 24 * 60 * 60 * 1000;

export const tls: Step<Gathered | undefined> = {
  id: "tls",

  async gather({ endpoint, credentials }, { reached }, { sockets, clock }, signal) {
    if (reached === undefined || !endpoint.baseUrl.startsWith("https:")) {
      return undefined;
    }
    const target = {
      host: hostOf(endpoint.baseUrl),
      address: reached.address,
      port: portOf(endpoint.baseUrl),
      tls: wireOptions(endpoint, credentials).tls,
    };
    const handshake = await sockets.handshake(target, endpoint.timeouts.connectMs, signal);
    return { handshake, nowMs: clock.epochMs() };
  },

  judge(gathered, { endpoint }) {
    if (gathered === undefined) {
      return {
        status: "skipped",
        evidence: [endpoint.baseUrl.startsWith("https:") ? "proxy" : "http"],
        findings: [],
      };
    }
    const { handshake, nowMs } = gathered;
    const { certificate } = handshake;
    if (handshake.kind === "fault") {
      const evidence = [
        `${handshake.code}: ${handshake.message}`,
        ...askedEvidence(handshake),
        ...certificateEvidence(certificate),
      ];
      return { evidence, findings: [blocked(tlsCode(handshake), evidence, certificate)] };
    }
    const verified = endpoint.tls.verify ? [] : ["certificate not verified (tls.verify: false)"];
    return {
      evidence: [
        handshake.protocol,
        ...verified,
        ...askedEvidence(handshake),
        ...certificateEvidence(certificate),
      ],
      findings: endsSoon(certificate, nowMs),
    };
  },

  vary: varyTls,
};

function blocked(
  code: FindingCode,
  evidence: readonly string[],
  certificate: Certificate | undefined,
): Finding {
  return {
    code,
    severity: "blocker",
    evidence,
    fixes: [...trustFixes(code, certificate), { kind: "open-settings" }, { kind: "test-again" }],
  };
}

/** Only where trust is all that is missing: it does not help against a date or a name. */
function trustFixes(code: FindingCode, certificate: Certificate | undefined): readonly Fix[] {
  if (code !== "tls.self-signed" && code !== "tls.untrusted") {
    return certificateFixes(code);
  }
  const choose: Fix = { kind: "choose-ca-file" };
  if (certificate === undefined) {
    return [choose];
  }
  const { pem, subject, fingerprint256: fingerprint } = certificate;
  return [{ kind: "trust-certificate", pem, subject, fingerprint }, choose];
}

/** It works today, so it is no more than a note. */
function endsSoon(certificate: Certificate | undefined, nowMs: number): readonly Finding[] {
  const validToMs = certificate?.validToMs;
  if (
    certificate === undefined ||
    validToMs === undefined ||
    validToMs - nowMs > soonMs ||
    validToMs < nowMs
  ) {
    return [];
  }
  const evidence = [`subject: ${excerpt(certificate.subject)}`, `valid to: ${certificate.validTo}`];
  return [{ code: "tls.expired", severity: "note", evidence, fixes: [{ kind: "test-again" }] }];
}

/** With TLS 1.3 the server decides after the handshake, and the rung above hears of it. */
function askedEvidence({ asked }: HandshakeOutcome): readonly string[] {
  return asked === undefined ? [] : ["the server asked for a client certificate"];
}

function certificateEvidence(certificate: Certificate | undefined): readonly string[] {
  if (certificate === undefined) {
    return [];
  }
  const { subject, issuer, issuers, validTo, names, fingerprint256 } = certificate;
  return [
    `subject: ${excerpt(subject)}`,
    `issuer: ${excerpt(issuer)}`,
    ...issuers.slice(0, 5).map((each) => `chain: ${excerpt(each)}`),
    `valid to: ${validTo}`,
    `names: ${excerpt(names.join(", "))}`,
    `SHA-256: ${fingerprint256}`,
  ];
}
