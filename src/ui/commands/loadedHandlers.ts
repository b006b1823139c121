/** Handlers of commands that activation does without: their bundle is loaded when the first of them is called. */

import type { CommandId } from "../../shared/manifest.ts";
import type { CommandHandlers } from "./registerCommands.ts";

export function loadedHandlers<Id extends CommandId>(
  ids: readonly Id[],
  load: () => Promise<Pick<CommandHandlers, Id>>,
): Pick<CommandHandlers, Id> {
  const loaded = once(load);
  const handlers = ids.map((id) => [
    id,
    async (...args: unknown[]): Promise<unknown> => {
      const handler = (await loaded())[id] as (...given: readonly unknown[]) => Promise<unknown>;
      return handler(...args);
    },
  ]);
  return Object.fromEntries(handlers) as Pick<CommandHandlers, Id>;
}

/** Calls `load` the first time alone; everybody gets the same. */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => (loading ??= load());
}
