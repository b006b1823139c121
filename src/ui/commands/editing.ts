/** Commands that change endpoints and keys: a bundle of its own (`dist/editing.cjs`), with a `@vscode/l10n` of its own. */

import * as l10n from "@vscode/l10n";

import { endpointCommands, type EndpointDependencies } from "./endpointCommands.ts";
import { keyCommands } from "./keyCommands.ts";
import type { KeyDependencies } from "./keys/keyDependencies.ts";
import type { CommandHandlers } from "./registerCommands.ts";
import type { editingIds } from "./editingIds.ts";

export function editing(
  texts: Readonly<Record<string, string>>,
  dependencies: EndpointDependencies & KeyDependencies,
): Pick<CommandHandlers, (typeof editingIds)[number]> {
  l10n.config({ contents: { ...texts } });
  return { ...endpointCommands(dependencies), ...keyCommands(dependencies) };
}
