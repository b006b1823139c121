/** Findings: what is wrong, how bad it is, the proof, and the fixes to click (design, section 6). */

import type { Task } from "../endpoint/endpoint.ts";

/** Every code an endpoint can show, by area. Codes are public and never renamed. */
export const findingCodes = {
  address: [
    "invalid",
    "scheme-missing",
    "missing-v1",
    "doubled-v1",
    "full-path",
    "wildcard-host",
    "remote-localhost",
    "bad-port",
  ],
  name: ["not-found", "timeout"],
  connect: ["refused", "timeout", "reset", "unreachable", "proxy", "ipv6-only"],
  tls: [
    "untrusted",
    "self-signed",
    "expired",
    "name-mismatch",
    "plain-http-server",
    "https-server",
    "handshake",
    "client-certificate",
  ],
  http: [
    "not-an-api",
    "wrong-path",
    "wrong-method",
    "no-models-route",
    "host-rejected",
    "redirect",
    "gateway",
    "timeout",
    "server-error",
    "malformed",
    "truncated",
    "error-in-200",
  ],
  server: ["loading", "unhealthy", "overloaded", "crashed", "no-upstream", "exposes-key"],
  auth: [
    "missing",
    "rejected",
    "empty",
    "double-bearer",
    "non-ascii",
    "whitespace",
    "wrong-region",
    "wrong-plan",
    "not-activated",
    "forbidden",
    "plain-http",
    "origin-changed",
    "in-settings",
  ],
  model: [
    "unknown",
    "wrong-case",
    "path-as-id",
    "adapter-suffix",
    "not-listed",
    "ignored",
    "none-listed",
    "access",
  ],
  task: ["unsupported", "not-started-for"],
  request: [
    "context-length",
    "max-tokens",
    "dimensions",
    "extra-body",
    "thinking-needs-stream",
    "tools-disabled",
    "batch-size",
    "token-input",
    "invalid",
  ],
  limit: ["rate", "tokens", "quota", "billing"],
  stream: ["error-event", "no-done", "buffered", "plain-json", "stalled", "cut"],
  embedding: [
    "zero",
    "not-normalised",
    "wrong-dimensions",
    "not-repeatable",
    "batch-differs",
    "encoding-ignored",
  ],
  rerank: ["shape", "order", "template-missing"],
  thinking: ["unsplit", "wrong-field", "cannot-disable"],
} as const;

type Codes = typeof findingCodes;
/** `area.problem`, such as `connect.refused`. */
export type FindingCode = { [Area in keyof Codes]: `${Area}.${Codes[Area][number]}` }[keyof Codes];

/** A blocker is why it does not work; a warning is wrong though it answers; a note is worth knowing. */
export type Severity = "blocker" | "warning" | "note";

/** A fix is data; ui applies it. One that changes settings says what it will change before it does. */
export type Fix =
  | { readonly kind: "set-base-url"; readonly baseUrl: string }
  | { readonly kind: "use-model"; readonly task: Task; readonly model: string }
  | { readonly kind: "set-key" }
  | { readonly kind: "use-no-key" }
  | { readonly kind: "allow-key-for-origin"; readonly origin: string }
  /** Send the key unencrypted to this origin from now on; the person is asked first. */
  | { readonly kind: "allow-plain-http"; readonly origin: string }
  /** Take the keys that stand in the endpoint's settings entry into the secret storage. */
  | { readonly kind: "move-key-to-secret" }
  /** Ask for the PEM files of a client certificate and its private key, or for a PKCS#12 file. */
  | { readonly kind: "choose-client-certificate" }
  /** To paste elsewhere, such as a launch line of the server. */
  | { readonly kind: "copy-command"; readonly command: string }
  /** Put into a terminal of the machine the requests leave from, not run before the person presses Enter. */
  | { readonly kind: "run-command"; readonly command: string }
  /** Trust this certificate for the endpoint, after the person has compared its fingerprint. `pem` may hold several. */
  | {
      readonly kind: "trust-certificate";
      readonly pem: string;
      readonly subject: string;
      /** SHA-256, upper-case hex with colons. */
      readonly fingerprint: string;
    }
  /** Ask for a PEM file with the authority that signed the server's certificate. */
  | { readonly kind: "choose-ca-file" }
  | {
      readonly kind: "set-timeout";
      readonly timer: "connectMs" | "firstByteMs" | "idleMs";
      readonly milliseconds: number;
    }
  /** Ask another region of the same provider with the same key: another origin, so the person is asked first. */
  | { readonly kind: "try-region"; readonly region: string; readonly baseUrl: string }
  /** Reach this host, the endpoint's own, without a proxy (`proxy: "direct"`). */
  | { readonly kind: "bypass-proxy"; readonly host: string }
  /** Send the chat again with what its literal `extra_body` holds at the top level. */
  | { readonly kind: "merge-extra-body" }
  /** Send the chat again without this field, or with the value that the server named as its limit; a dot leads into an object. */
  | { readonly kind: "drop-parameter"; readonly name: string }
  | { readonly kind: "set-parameter"; readonly name: string; readonly value: number }
  | { readonly kind: "open-settings" }
  | { readonly kind: "list-models" }
  | { readonly kind: "test-again" };

export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** What was measured, a line each, secrets removed: the proof. From the wire, so never to be read as markup. */
  readonly evidence: readonly string[];
  readonly fixes: readonly Fix[];
  /** What to do on the server it was found on, with the exact flag or line, in the language of the test; absent where the code's own text says it all. */
  readonly remedy?: string;
}

export function isBlocker(finding: Finding): boolean {
  return finding.severity === "blocker";
}
