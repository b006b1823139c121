/** What we know of one server software or provider, as data. Adding a server is a file in `profiles/`, a line in its index, and fixtures. */

import type { Task } from "../endpoint/endpoint.ts";
import type { ServerId } from "./serverId.ts";

/** What every reply of a server carries. Header names in lower case; `ownedBy` is `data[0].owned_by` of a models list. */
export interface Traits {
  readonly header: (name: string) => string;
  readonly hasHeader: (prefix: string) => boolean;
  readonly ownedBy: string;
  readonly host: string;
}

/** A GET on the server's origin that costs nothing, needs no key and betrays none; never `/server_info` of SGLang, which holds keys. */
export interface Probe {
  /** Below the origin, such as `/version`. */
  readonly path: string;
  /** What the reply says: undefined when it is not this server's. */
  readonly read: (reply: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** The body, parsed as JSON where it is JSON, else the text. */
    readonly body: unknown;
  }) => { readonly version?: string } | undefined;
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

export interface ServerProfile {
  readonly id: ServerId;
  readonly name: string;
  /** Is this reply surely from this server? */
  readonly matches: (traits: Traits) => boolean;
  /** Asked when no reply gave the server away, and for its version. */
  readonly probe?: Probe;
  /** Below the origin. `generation`: answering costs a generated token and a second or more (SGLang). */
  readonly health?: { readonly path: string; readonly cost: "free" | "generation" };
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
  /** The line that starts it; absent for hosted ones. Versions matter where flags changed. */
  readonly launch?: (needs: LaunchNeeds, version: string | undefined) => string;
}
