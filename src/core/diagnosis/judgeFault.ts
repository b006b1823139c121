/** From what the network did instead of answering to the finding that names it. */

import type { NetworkFault } from "../ports.ts";
import { faultEvidence } from "./evidence.ts";
import type { Finding, FindingCode, Fix } from "./finding.ts";

/** Codes of the system, of Node's TLS and of Node's HTTP parser, by finding. */
const byCode: Readonly<Record<string, FindingCode>> = {
  ENOTFOUND: "name.not-found",
  EAI_NONAME: "name.not-found",
  EAI_AGAIN: "name.timeout",
  ECONNREFUSED: "connect.refused",
  ETIMEDOUT: "connect.timeout",
  EHOSTDOWN: "connect.unreachable",
  EHOSTUNREACH: "connect.unreachable",
  ENETUNREACH: "connect.unreachable",
  EADDRNOTAVAIL: "connect.unreachable",
  EACCES: "connect.unreachable",
  ECONNRESET: "connect.reset",
  EPIPE: "connect.reset",
  ECONNABORTED: "connect.reset",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls.self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "tls.untrusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "tls.untrusted",
  UNABLE_TO_GET_ISSUER_CERT: "tls.untrusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "tls.untrusted",
  CERT_HAS_EXPIRED: "tls.expired",
  CERT_NOT_YET_VALID: "tls.expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "tls.name-mismatch",
  ERR_SSL_WRONG_VERSION_NUMBER: "tls.plain-http-server",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "tls.plain-http-server",
  ERR_SSL_HTTP_REQUEST: "tls.plain-http-server",
  CA_FILE: "tls.untrusted",
  CLIENT_CERTIFICATE_FILE: "tls.client-certificate",
  PROXY_REFUSED: "connect.proxy",
  TOO_LARGE: "http.malformed",
  ERR_INVALID_CHAR: "auth.non-ascii",
  ERR_INVALID_URL: "address.invalid",
  ERR_UNESCAPED_CHARACTERS: "address.invalid",
};

/** A code is what the world says, so it may also be the name of something every object has. */
function findingFor(code: string): FindingCode | undefined {
  return Object.hasOwn(byCode, code) ? byCode[code] : undefined;
}

type Failed = Pick<NetworkFault, "code" | "asked">;

/** What a failed TLS handshake says of the peer. */
export function tlsCode(failed: Failed): FindingCode {
  if (isAboutOurs(failed)) {
    return "tls.client-certificate";
  }
  const known = findingFor(failed.code);
  return known?.startsWith("tls.") === true ? known : "tls.handshake";
}

/** Alerts about the certificate that the peer was shown, or was not; the words before differ between versions and libraries. */
const certificateAlert =
  /^ERR_SSL_[\w/]*ALERT_(CERTIFICATE_\w+|(BAD|NO|UNSUPPORTED)_CERTIFICATE|UNKNOWN_CA)$/;

/** A server that asked for a client certificate and then ends the connection misses it, whether it says so or not. */
function isAboutOurs({ code, asked }: Failed): boolean {
  const isEnd = /^(ECONNRESET|EPIPE|ECONNABORTED|ERR_SSL_[\w/]*ALERT_\w+)$/.test(code);
  return certificateAlert.test(code) || (asked === "client-certificate" && isEnd);
}

/** A client certificate is chosen, a trusted authority too. */
export function certificateFixes(code: FindingCode): readonly Fix[] {
  if (code === "tls.client-certificate") {
    return [{ kind: "choose-client-certificate" }];
  }
  return code === "tls.untrusted" ? [{ kind: "choose-ca-file" }] : [];
}

/** Judges a fault of a whole HTTP exchange. `gotStatus`: a status line had arrived, so the body was cut. */
export function judgeFault(
  method: string,
  url: string,
  fault: NetworkFault,
  arrived: "nothing" | "status" = "nothing",
): Finding {
  const code = codeOf(fault, arrived);
  return {
    code,
    severity: "blocker",
    evidence: faultEvidence(method, url, fault),
    fixes: [
      ...(code === "auth.non-ascii" ? [{ kind: "set-key" as const }] : []),
      ...certificateFixes(code),
      { kind: "test-again" },
      { kind: "open-settings" },
    ],
  };
}

function codeOf(fault: NetworkFault, arrived: "nothing" | "status"): FindingCode {
  // VS Code's words for its own proxy, which come without a code.
  const isProxy = fault.proxy !== undefined || fault.message.includes("connection to proxies");
  if (isProxy && fault.code !== "ABORTED") {
    return "connect.proxy";
  }
  if (fault.timer !== undefined) {
    return timeoutCode(fault);
  }
  if (arrived === "nothing" && isAboutOurs(fault)) {
    return "tls.client-certificate";
  }
  const known = findingFor(fault.code);
  if (known === "connect.reset" && arrived === "status") {
    return "http.truncated";
  }
  if (known !== undefined) {
    return known;
  }
  // node:https reports a plain HTTP server as EPROTO, and only the message tells which protocol error it was.
  if (fault.code === "EPROTO") {
    return fault.message.includes("wrong version number") ? "tls.plain-http-server" : "tls.handshake";
  }
  if (fault.code.startsWith("HPE_")) {
    return fault.phase === "body" ? "http.truncated" : "http.malformed";
  }
  if (fault.phase === "body") {
    // Compression that is broken, and not merely cut: zlib's word for it, brotli's and zstd's.
    return /^(Z_DATA_ERROR|ERR_.*FORMAT|ERR_BROTLI|ZSTD_error)/.test(fault.code)
      ? "http.malformed"
      : "http.truncated";
  }
  if (fault.phase === "name") {
    return "name.not-found";
  }
  return fault.phase === "tls" || fault.code.startsWith("ERR_SSL") ? "tls.handshake" : "connect.reset";
}

function timeoutCode(fault: NetworkFault): FindingCode {
  if (fault.timer === "idle") {
    return "stream.stalled";
  }
  if (fault.phase === "name") {
    return "name.timeout";
  }
  const isConnecting = fault.phase === "connect" || fault.phase === "tls";
  return fault.timer === "connect" || isConnecting ? "connect.timeout" : "http.timeout";
}
