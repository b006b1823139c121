/** The line that starts the server in hand with what it lacks, to copy. */

import { profiles } from "../../servers/profiles/index.ts";
import type { LaunchNeeds, ServerProfile } from "../../servers/serverProfile.ts";
import type { Fix } from "../finding.ts";
import type { Learned } from "../step.ts";

/** What we know of the server that answered; absent when it gave nothing away. */
export function profileOf({ server }: Learned): ServerProfile | undefined {
  return profiles.find(({ id }) => id === server?.id);
}

/** Empty for hosted servers, unknown ones, and a model whose name could be more than a name in a shell. */
export function launchFixes(learned: Learned, extra: NonNullable<LaunchNeeds["extra"]>): readonly Fix[] {
  const { served, chosen, server } = learned;
  const id = chosen?.chat ?? "";
  const model = served?.find((each) => each.id === id)?.root ?? id;
  if (![id, model].every((name) => /^[\w./:@+-]+$/.test(name))) {
    return [];
  }
  const named = model === id ? {} : { servedName: id };
  const command = profileOf(learned)?.launch?.({ model, task: "chat", ...named, extra }, server?.version);
  return command === undefined ? [] : [{ kind: "copy-command", command }];
}
