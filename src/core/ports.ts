/** Everything core can ask of the world. Adapters live in `src/io`; tests pass small fakes. */

import type { Endpoint, EndpointTls } from "./endpoint/endpoint.ts";
import type { Timeouts } from "./endpoint/timeouts.ts";

/** Where a request was when it failed. The order is the order on the wire. */
export type Phase = "name" | "connect" | "tls" | "send" | "headers" | "body";

/** Which of our timers fired. `idle` is silence between two reads of the body. */
export type Timer = "connect" | "firstByte" | "idle" | "total";

/** One address that was tried, and how it ended. `code` is the system's, such as `ECONNREFUSED`. */
export interface Attempt {
  readonly address: string;
  readonly code: string;
}

/** What the network did instead of answering. Never carries a header or a body, so it can be shown as it is. */
export interface NetworkFault {
  readonly phase: Phase;
  /** The system's or Node's code (`ECONNREFUSED`, `ENOTFOUND`, `DEPTH_ZERO_SELF_SIGNED_CERT`), or `TIMEOUT`, `ABORTED`, `TOO_LARGE`. */
  readonly code: string;
  readonly message: string;
  /** Every address tried; empty when it did not come to that. */
  readonly attempts: readonly Attempt[];
  readonly timer?: Timer;
  /** `host:port` of the endpoint's own proxy, where the way to it or its refusal is the fault. */
  readonly proxy?: string;
  /** The server asked for this in the handshake. */
  readonly asked?: "client-certificate";
}

/** An endpoint's TLS with the passphrase itself in place of its template. */
export type TlsOptions = EndpointTls;

export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeouts: Timeouts;
  readonly tls?: TlsOptions;
  /** As `Endpoint.proxy`. */
  readonly proxy?: string;
  /** The reply is cut off and reported as a fault `TOO_LARGE` beyond this many bytes. */
  readonly maxBytes: number;
}

/** Milliseconds since the request was handed over; absent for what a reused connection did not have to do. */
export interface WireTimings {
  readonly lookupMs?: number;
  readonly connectMs?: number;
  readonly tlsMs?: number;
  readonly firstByteMs?: number;
  readonly totalMs?: number;
}

export interface HttpReply {
  readonly status: number;
  /** Names in lower case; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body as text, invalid UTF-8 replaced. What arrived before a fault is kept. */
  readonly body: string;
  readonly bytes: number;
  readonly timings: WireTimings;
}

/** `cut`: a status arrived, but the body did not arrive whole. */
export type HttpOutcome =
  | { readonly kind: "reply"; readonly reply: HttpReply }
  | { readonly kind: "cut"; readonly reply: HttpReply; readonly fault: NetworkFault }
  | { readonly kind: "fault"; readonly fault: NetworkFault };

/** A body as it arrives. Iterating ends normally only when the body is whole, and with `fault` set when it is not. */
export interface BodyStream extends AsyncIterable<Uint8Array> {
  /** What ended the body early; read it after the loop. */
  fault(): NetworkFault | undefined;
}

export interface StreamReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: BodyStream;
  /** So far; complete once the body has ended. Absent where nothing is measured. */
  readonly timings?: () => WireTimings;
}

export type StreamOutcome =
  | { readonly kind: "reply"; readonly reply: StreamReply }
  | { readonly kind: "fault"; readonly fault: NetworkFault };

/** One HTTP exchange at a time, no redirects followed, no retries, nothing rephrased. Never throws for what a network does. */
export interface Http {
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpOutcome>;
  open(request: HttpRequest, signal: AbortSignal): Promise<StreamOutcome>;
}

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

export type LookupOutcome =
  | { readonly kind: "found"; readonly addresses: readonly Address[]; readonly durationMs: number }
  | { readonly kind: "fault"; readonly code: string; readonly durationMs: number };

export type ConnectOutcome =
  | { readonly kind: "connected"; readonly address: string; readonly durationMs: number }
  | { readonly kind: "fault"; readonly address: string; readonly code: string; readonly durationMs: number };

export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  readonly validTo: string;
  /** The same moment in milliseconds since 1970; absent where the date can not be read. */
  readonly validToMs?: number;
  readonly names: readonly string[];
  /** Subjects of the certificates above it, as far as the server sent them or they are known here. */
  readonly issuers: readonly string[];
  /** The certificate alone, in PEM: whoever trusts it by its fingerprint trusts no authority along with it. */
  readonly pem: string;
  /** SHA-256 of the certificate, upper-case hex with colons. */
  readonly fingerprint256: string;
}

export type HandshakeOutcome =
  | {
      readonly kind: "secured";
      readonly protocol: string;
      readonly certificate?: Certificate;
      /** What the server asked for. */
      readonly asked?: "client-certificate";
      readonly durationMs: number;
    }
  | {
      readonly kind: "fault";
      readonly code: string;
      readonly message: string;
      readonly asked?: "client-certificate";
      /** What the server presented, when it came to that. */
      readonly certificate?: Certificate;
      readonly durationMs: number;
    };

/** The layers below HTTP, one by one, for the ladder. Never throws for what a network does. */
export interface Sockets {
  lookup(host: string, signal: AbortSignal): Promise<LookupOutcome>;
  connect(address: string, port: number, timeoutMs: number, signal: AbortSignal): Promise<ConnectOutcome>;
  handshake(
    target: {
      readonly host: string;
      readonly address: string;
      readonly port: number;
      readonly tls?: TlsOptions;
    },
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<HandshakeOutcome>;
}

/** What the vault says of an endpoint's key. The value itself is only ever passed on as a parameter (design, section 7). */
export type KeyReading =
  /** `setAtMs`, since 1970, where the source knows it. */
  | { readonly kind: "key"; readonly value: string; readonly setAtMs?: number }
  /** The endpoint says it needs no key (`from: "none"`). */
  | { readonly kind: "none" }
  /** A source is named but holds nothing; `where` names the source for a person. */
  | { readonly kind: "missing"; readonly where: string }
  /** The key is for another origin (where it was entered, or first used): it is not sent until the user agrees. */
  | { readonly kind: "other-origin"; readonly origin: string }
  /** The endpoint comes from a workspace, and the user has not agreed to what it reaches for. */
  | { readonly kind: "needs-consent"; readonly where: string }
  /** A key or a secret header would travel unencrypted to this other machine, which the user has not agreed to. */
  | { readonly kind: "plain-http"; readonly origin: string }
  /** `reason`: a `KeyFailure`, the system's code, or a program's exit code or signal. */
  | { readonly kind: "failed"; readonly where: string; readonly reason: string };

/** What a request to an endpoint may carry: the key's reading, and the endpoint's own headers with their `${secret:…}` and `${env:…}` filled in. */
export interface Credentials {
  readonly key: KeyReading;
  readonly headers: Readonly<Record<string, string>>;
  /** Of the client certificate's private key, its template filled in. */
  readonly passphrase?: string;
  /** Of a workspace's endpoint: the user agreed to what it reaches for, or it needs no consent. Its client certificate and its proxy are used only then. */
  readonly consent?: "given";
}

/** Reads what an endpoint may send. Never prompts, so that a background check can use it. */
export interface KeyVault {
  read(endpoint: Endpoint): Promise<Credentials>;
  /** Forgets what a command printed, because the server refused it: the next reading runs it again, once for each key that is refused. */
  refused(endpoint: Endpoint, key: string): void;
}

/** Whose key it is: a workspace's endpoint never shares a name with a user's, so it can not borrow the user's key by its id. */
export interface KeyOwner {
  readonly endpointId: string;
  /** Undefined for endpoints of the user's own settings. */
  readonly workspaceId?: string;
}

export interface StoredKey {
  readonly value: string;
  /** Scheme, host and port it was entered for. */
  readonly origin: string;
  /** Milliseconds since 1970. */
  readonly setAtMs: number;
}

/** The editor's secret storage. Rejects where it has no keyring to store in. */
export interface KeyStore {
  read(owner: KeyOwner): Promise<StoredKey | undefined>;
  write(owner: KeyOwner, key: StoredKey): Promise<void>;
  clear(owner: KeyOwner): Promise<void>;
  /** Was a key stored that is not there any more? Without a keyring VS Code keeps secrets until the window closes, and says nothing. */
  isForgotten(owner: KeyOwner): Promise<boolean>;
  /** A key that is to replace the one in use once it has passed a test; kept so that closing the window loses nothing. */
  readNext(owner: KeyOwner): Promise<StoredKey | undefined>;
  writeNext(owner: KeyOwner, key: StoredKey): Promise<void>;
  clearNext(owner: KeyOwner): Promise<void>;
  /** A named secret for headers (`${secret:NAME}`), where it may go to this origin. */
  readNamed(name: string, origin: string): Promise<string | undefined>;
  /** Stores it for this origin. The same value keeps the origins it had: one secret may serve several endpoints. */
  writeNamed(name: string, value: string, origin: string): Promise<void>;
  clearNamed(name: string): Promise<void>;
  hasNamed(name: string): Promise<boolean>;
}

/** The system's keychain: the same entries that Python's keyring reads. Every method rejects with a `KeyFault` where there is none. */
export interface Keychain {
  read(service: string, account: string): Promise<string | undefined>;
  write(service: string, account: string, key: string): Promise<void>;
  /** Resolves with whether there was one. */
  clear(service: string, account: string): Promise<boolean>;
}

/** What the user agreed to about keys: kept for good, and never written by settings. Names hold everything that was agreed to. */
export interface Agreements {
  /** Did the user let this workspace's endpoint use its source? */
  isGranted(name: string): boolean;
  /** May a key travel unencrypted to this origin? */
  mayTravelPlain(origin: string): boolean;
  /** The origin a source was first used for; undefined when it was not used yet. */
  boundOrigin(name: string): string | undefined;
  bind(name: string, origin: string): Promise<void>;
}

/** A request for the interactive gateway: what goes into the JSON body, and where to. */
export interface GatewayRequest {
  readonly endpoint: Endpoint;
  readonly credentials: Credentials;
  /** Path below the base URL, such as `/chat/completions`. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Beside those that every request has; their names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Interactive requests, sent through the client that most of our users' programs use (design, section 4). */
export interface ModelGateway {
  open(request: GatewayRequest, signal: AbortSignal): Promise<StreamOutcome>;
}

export interface Clock {
  /** Milliseconds on a clock that only goes forward. */
  now(): number;
  /** Milliseconds since 1970, for what a person reads. */
  epochMs(): number;
  /** Calls once after `delayMs`; the returned function cancels. */
  after(delayMs: number, callback: () => void): () => void;
}

/** A number in [0, 1). */
export type Random = () => number;

/** Lines for the output channel. The sink removes known secrets. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}
