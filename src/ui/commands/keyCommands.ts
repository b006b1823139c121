/** Commands about keys. A key goes from the input box to its store and nowhere else. */

import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import { pickEndpoint } from "../pickEndpoint.ts";
import { askedBy } from "./askedBy.ts";
import { clearKey } from "./keys/clearKey.ts";
import { copyKey } from "./keys/copyKey.ts";
import type { KeyDependencies } from "./keys/keyDependencies.ts";
import { manageKey } from "./keys/manageKey.ts";
import { moveKey } from "./keys/moveKey.ts";
import { rotateKey } from "./keys/rotateKey.ts";
import { setSecret } from "./keys/setKey.ts";
import type { CommandHandlers } from "./registerCommands.ts";

type KeyCommands = Pick<
  CommandHandlers,
  | "qwen.setApiKey"
  | "qwen.clearApiKey"
  | "qwen.manageApiKey"
  | "qwen.rotateApiKey"
  | "qwen.copyApiKey"
  | "qwen.moveApiKey"
>;

export function keyCommands(dependencies: KeyDependencies): KeyCommands {
  const { store } = dependencies;
  /** Undefined when the person picks none. */
  const about = async <T>(
    target: unknown,
    act: (endpoint: Endpoint) => Promise<T>,
  ): Promise<T | undefined> => {
    const endpoint = await pickEndpoint(store, target);
    return endpoint === undefined ? undefined : act(endpoint);
  };
  return {
    "qwen.setApiKey": (target) => about(target, (endpoint) => setSecret(endpoint, dependencies)),
    "qwen.clearApiKey": async (target) => {
      const endpoint = await pickEndpoint(store, target, "ask");
      // A program that names an id has decided already.
      const answer = typeof target === "string" ? "sure" : "ask";
      return endpoint === undefined ? undefined : clearKey(endpoint, answer, dependencies);
    },
    "qwen.manageApiKey": (target) =>
      about(target, (endpoint) => manageKey(endpoint, askedBy(target), dependencies)),
    "qwen.rotateApiKey": (target) =>
      about(target, (endpoint) => rotateKey(endpoint, askedBy(target), dependencies)),
    "qwen.copyApiKey": (target, to) =>
      about(target, async (endpoint) => {
        // The tree passes its selected rows as the second argument, which name no target.
        const isNamed = typeof to === "string" || (to === Object(to) && !Array.isArray(to));
        return copyKey(endpoint, isNamed ? await pickEndpoint(store, to) : undefined, dependencies);
      }),
    "qwen.moveApiKey": (target) => about(target, (endpoint) => moveKey(endpoint, dependencies)),
  };
}
