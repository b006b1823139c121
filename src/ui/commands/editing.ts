/** Commands that change endpoints and keys: a bundle of its own (`dist/editing.cjs`), with a `@vscode/l10n` of its own. */

import * as l10n from "@vscode/l10n";

import { endpointCommands, type EndpointDependencies } from "./endpointCommands.ts";
import { keyCommands } from "./keyCommands.ts";
import type { KeyDependencies } from "./keys/keyDependencies.ts";
import type { CommandHandlers } from "./registerCommands.ts";
import type { TestDependencies, testRun } from "../runs/testRun.ts";
import type { editingIds } from "./editingIds.ts";

/** `test` is the main bundle's: what a test shows and keeps is there. */
export function editing(
  texts: Readonly<Record<string, string>>,
  dependencies: EndpointDependencies & TestDependencies & Omit<KeyDependencies, "testWith">,
  test: typeof testRun,
): Pick<CommandHandlers, (typeof editingIds)[number]> {
  l10n.config({ contents: { ...texts } });
  const testWith: KeyDependencies["testWith"] = (endpoint, key, askedBy) =>
    test(endpoint, { depth: "basic", askedBy, key }, dependencies);
  return { ...endpointCommands(dependencies), ...keyCommands({ ...dependencies, testWith }) };
}
