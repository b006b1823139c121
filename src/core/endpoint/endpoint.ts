/** What a person configures, after the settings parser has checked it. */

import type { Timeouts } from "./timeouts.ts";

export const tasks = ["chat", "embedding", "rerank"] as const;
export type Task = (typeof tasks)[number];

/** Where the key comes from (`qwen.endpoints[].key`). The key itself is never part of an endpoint. */
export type KeySource =
  | { readonly from: "secret" }
  | { readonly from: "env"; readonly name: string }
  | { readonly from: "file"; readonly path: string }
  | { readonly from: "command"; readonly command: readonly string[] }
  | { readonly from: "keychain"; readonly service: string; readonly account: string }
  | { readonly from: "none" };

/** Which settings file an endpoint comes from. A workspace can suggest, but not use the user's keys without consent. */
export type EndpointScope = "user" | "workspace";

export interface Endpoint {
  readonly id: string;
  readonly name: string;
  /** Without a trailing slash; usually ends in `/v1`. */
  readonly baseUrl: string;
  readonly protocol: "openai" | "generate";
  readonly models: Readonly<Partial<Record<Task, string>>>;
  readonly key: KeySource;
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: { readonly ca?: string; readonly verify: boolean };
  readonly timeouts: Timeouts;
  /** 0 turns the background check off. */
  readonly checkEverySeconds: number;
  readonly scope: EndpointScope;
}
