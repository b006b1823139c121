/** What we know of one server software or provider, as data. Adding a server is a file in `profiles/`, a line in its index, and fixtures. */

import type { FindingCode } from "../diagnosis/finding.ts";
import type { Task } from "../endpoint/endpoint.ts";
import type { ErrorEnvelope } from "./errorEnvelopeOf.ts";
import type { ServerId } from "./serverId.ts";

/** What every reply of a server carries. Header names in lower case. */
export interface Traits {
  readonly header: (name: string) => string;
  readonly hasHeader: (prefix: string) => boolean;
  /** `data[0].owned_by` of a models list. */
  readonly ownedBy: string;
  /** `data[0].id` of a models list. */
  readonly firstId: string;
  /** `data[0].created` of a models list, in seconds since 1970. */
  readonly created: number | undefined;
  /** What an error says, whatever its envelope. */
  readonly error: string;
  readonly host: string;
}

export interface ProbeReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, parsed as JSON where it is JSON, else the text. */
  readonly body: unknown;
}

/** A GET below the server's root that costs nothing, needs no key and betrays none; never `/server_info` of SGLang, which holds keys. */
export interface Probe {
  /** Such as `/version`. */
  readonly path: string;
  /** `version`: worth asking of a server that is known already. */
  readonly tells: "name" | "version";
  /** `refused`: says something only of a server that has just refused a key. `known`: its replies give it away, so this is for its version. */
  readonly when?: "refused" | "known";
  /** What the reply says: undefined when it is not this server's. */
  readonly read: (reply: ProbeReply) => { readonly version?: string } | undefined;
}

/** What a launch line should say besides the model. */
export interface LaunchNeeds {
  /** The path or repository of the model. */
  readonly model: string;
  readonly task?: Task;
  /** The short name requests should use. */
  readonly servedName?: string;
  readonly host?: string;
  readonly port?: number;
  readonly extra?: "reasoning" | "tools" | "dimensions" | "more-context";
}

export interface HealthRoute {
  /** Below the server's root. */
  readonly path: string;
  /** `generation`: answering costs a generated token and a second or more (SGLang). */
  readonly cost: "free" | "generation";
  /** What a 503 without a body means there. */
  readonly on503?: FindingCode;
}

export interface RerankDialect {
  /** Below the server's root. */
  readonly path: string;
  /** The field of the request that holds the documents. */
  readonly documents: "documents" | "texts";
  /** A bare list, or an object with `results`. */
  readonly reply: "list" | "results";
}

export interface ServerProfile {
  readonly id: ServerId;
  readonly name: string;
  /** Is this reply surely from this server? */
  readonly matches: (traits: Traits) => boolean;
  /** Asked when no reply gave the server away, and for its version. */
  readonly probe?: Probe;
  readonly health?: HealthRoute;
  /** Paths that answer without a key on a server that has one; absent where none is known. */
  readonly openPaths?: RegExp;
  /** In which of the known envelopes it wraps its errors. */
  readonly envelopes: readonly ErrorEnvelope[];
  /** What happens to a request for a model that is not served. */
  readonly unknownModel: "accepted" | "ignored" | "refused";
  /** Fields of a chat request that turn thinking off or on; absent where there is no switch. */
  readonly thinking?: {
    readonly off: Readonly<Record<string, unknown>>;
    readonly on: Readonly<Record<string, unknown>>;
  };
  /** Where a stream carries the thinking. */
  readonly reasoningField?: "reasoning_content" | "reasoning";
  /** What happens to a prompt longer than the context. */
  readonly longPrompt: "refused" | "truncated";
  /** Tasks that it has no API for, whatever its model (servers.md 0.5 and 0.8). */
  readonly lacks?: readonly Task[];
  /** Absent where it has no reranking. */
  readonly rerank?: RerankDialect;
  /** A line of a stream that carries nothing but keeps the connection open. */
  readonly keepAlive?: RegExp;
  /** The line that starts it; absent for hosted ones. Versions matter where flags changed. */
  readonly launch?: (needs: LaunchNeeds, version: string | undefined) => string;
}
