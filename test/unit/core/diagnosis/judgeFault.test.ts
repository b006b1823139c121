import assert from "node:assert/strict";

import { judgeFault } from "../../../../src/core/diagnosis/judgeFault.ts";
import type { FindingCode } from "../../../../src/core/diagnosis/finding.ts";
import type { NetworkFault, Phase, Timer } from "../../../../src/core/ports.ts";
import { aFault } from "../../../support/builders.ts";

const url = "http://localhost:8000/v1/models?api_key=sk-1";

describe("judgeFault", () => {
  const cases: readonly [code: string, phase: Phase, expected: FindingCode][] = [
    ["ENOTFOUND", "name", "name.not-found"],
    ["EAI_NONAME", "name", "name.not-found"],
    ["EAI_AGAIN", "name", "name.timeout"],
    ["EAI_FAIL", "name", "name.not-found"],
    ["ECONNREFUSED", "connect", "connect.refused"],
    ["ETIMEDOUT", "connect", "connect.timeout"],
    ["EHOSTUNREACH", "connect", "connect.unreachable"],
    ["EHOSTDOWN", "connect", "connect.unreachable"],
    ["ENETUNREACH", "connect", "connect.unreachable"],
    ["EADDRNOTAVAIL", "connect", "connect.unreachable"],
    ["EACCES", "connect", "connect.unreachable"],
    ["ECONNRESET", "connect", "connect.reset"],
    ["ECONNRESET", "headers", "connect.reset"],
    ["EPIPE", "send", "connect.reset"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls", "tls.self-signed"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "tls", "tls.untrusted"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls", "tls.untrusted"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "tls", "tls.untrusted"],
    ["CERT_HAS_EXPIRED", "tls", "tls.expired"],
    ["CERT_NOT_YET_VALID", "tls", "tls.expired"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "tls", "tls.name-mismatch"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "tls", "tls.plain-http-server"],
    ["ERR_SSL_PACKET_LENGTH_TOO_LONG", "tls", "tls.plain-http-server"],
    ["ERR_SSL_HTTP_REQUEST", "tls", "tls.plain-http-server"],
    ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "tls", "tls.handshake"],
    ["ECONNRESET", "tls", "connect.reset"],
    ["HPE_INVALID_CONSTANT", "headers", "http.malformed"],
    ["HPE_INVALID_CHUNK_SIZE", "body", "http.truncated"],
    ["ERR_INVALID_CHAR", "send", "auth.non-ascii"],
    // What every object has is no code of ours.
    ["constructor", "connect", "connect.reset"],
    ["toString", "tls", "tls.handshake"],
    ["ERR_INVALID_URL", "send", "address.invalid"],
    ["TOO_LARGE", "body", "http.malformed"],
    ["UNKNOWN", "body", "http.truncated"],
    ["UNKNOWN", "connect", "connect.reset"],
  ];
  for (const [code, phase, expected] of cases) {
    it(`takes ${code} while ${phase} for ${expected}`, () => {
      assert.equal(judgeFault("GET", url, aFault(code, { phase })).code, expected);
    });
  }

  const timers: readonly [timer: Timer, phase: Phase, expected: FindingCode][] = [
    ["connect", "name", "name.timeout"],
    ["connect", "connect", "connect.timeout"],
    ["connect", "tls", "connect.timeout"],
    ["firstByte", "headers", "http.timeout"],
    ["idle", "body", "stream.stalled"],
    ["total", "connect", "connect.timeout"],
    ["total", "headers", "http.timeout"],
    ["total", "body", "http.timeout"],
  ];
  for (const [timer, phase, expected] of timers) {
    it(`takes the ${timer} timer while ${phase} for ${expected}`, () => {
      assert.equal(judgeFault("GET", url, aFault("TIMEOUT", { phase, timer })).code, expected);
    });
  }

  // What node:https reports of a plain HTTP server; tls.connect gives the code its own name.
  const protocolErrors: readonly [message: string, expected: FindingCode][] = [
    [
      "write EPROTO 40:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:…",
      "tls.plain-http-server",
    ],
    [
      "write EPROTO 40:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:…",
      "tls.handshake",
    ],
  ];
  for (const [message, expected] of protocolErrors) {
    it(`takes EPROTO for ${expected} by its message`, () => {
      assert.equal(judgeFault("GET", url, aFault("EPROTO", { phase: "tls", message })).code, expected);
    });
  }

  it("takes a reset after the status for a body that was cut", () => {
    assert.equal(judgeFault("GET", url, aFault("ECONNRESET"), "status").code, "http.truncated");
  });

  it("shows every address that was tried, on one line each, and never the query", () => {
    const fault: NetworkFault = aFault("ECONNREFUSED", {
      message: "connect\nECONNREFUSED",
      attempts: [
        { address: "127.0.0.1:8000", code: "ECONNREFUSED" },
        { address: "[::1]:8000", code: "EADDRNOTAVAIL" },
      ],
    });
    assert.deepEqual(judgeFault("GET", url, fault).evidence, [
      "GET http://localhost:8000/v1/models → ECONNREFUSED",
      "127.0.0.1:8000: ECONNREFUSED",
      "[::1]:8000: EADDRNOTAVAIL",
      "connect ECONNREFUSED",
    ]);
  });

  it("names the timer that fired", () => {
    const [first] = judgeFault("GET", url, aFault("TIMEOUT", { timer: "firstByte" })).evidence;
    assert.match(first ?? "", /TIMEOUT \(firstByte\)$/);
  });
});
