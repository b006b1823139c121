/** What a person configures, after the settings parser has checked it. */

import type { Timeouts } from "./timeouts.ts";

export const tasks = ["chat", "embedding", "rerank"] as const;
export type Task = (typeof tasks)[number];

/** Where the key comes from (`qwen.endpoints[].key`). The key itself is never part of an endpoint. */
export type KeySource =
  | { readonly from: "secret" }
  /** Of the extension host, or of a `.env` file: an absolute path, or one below the first workspace folder. */
  | { readonly from: "env"; readonly name: string; readonly file?: string }
  | { readonly from: "file"; readonly path: string }
  | {
      readonly from: "command";
      /** Program and arguments; no shell sees them. */
      readonly command: readonly string[];
      /** How long its output is used again; 0 runs it for every request. */
      readonly cacheSeconds: number;
      readonly timeoutSeconds: number;
    }
  | { readonly from: "keychain"; readonly service: string; readonly account: string }
  | { readonly from: "none" };

/** Which settings file an endpoint comes from. A workspace can suggest, but not use the user's keys without consent. */
export type EndpointScope = "user" | "workspace";

/** TLS of an endpoint, all paths on the machine of the extension host. */
export interface EndpointTls {
  /** PEM file with certificate authorities to trust besides the system's. */
  readonly ca?: string;
  readonly verify: boolean;
  /** PEM files of a client certificate (its chain included) and its private key. */
  readonly cert?: string;
  readonly key?: string;
  /** PKCS#12 file that holds both. */
  readonly pfx?: string;
  /** Of the private key; only as `${secret:NAME}` or `${env:NAME}`. */
  readonly passphrase?: string;
}

/** A place of a settings entry where a key stands in clear. Never the key itself. */
export type ExposedKey =
  | { readonly place: "baseUrl" }
  /** The field `key`, or the one that is named, such as `apiKey`. */
  | { readonly place: "key"; readonly name?: string }
  | { readonly place: "header"; readonly name: string };

export interface Endpoint {
  readonly id: string;
  readonly name: string;
  /** Without a trailing slash; usually ends in `/v1`. */
  readonly baseUrl: string;
  readonly protocol: "openai" | "generate";
  readonly models: Readonly<Partial<Record<Task, string>>>;
  readonly key: KeySource;
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: EndpointTls;
  /** `direct`, or the URL of a proxy for this endpoint alone; absent: what VS Code is set to. */
  readonly proxy?: string;
  readonly timeouts: Timeouts;
  /** 0 turns the background check off. */
  readonly checkEverySeconds: number;
  readonly scope: EndpointScope;
  /** Keys found in its settings entry. Those of base URL and key are not used before they are moved to the secret storage. */
  readonly exposed: readonly ExposedKey[];
}
