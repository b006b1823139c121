/** Gives findings the remedies for their server: the words, and the commands as fixes. */

import type { Finding, Fix } from "../finding.ts";
import type { Learned, Subject } from "../step.ts";
import type { Task } from "../../endpoint/endpoint.ts";
import { isKeyMissed, keySourceRemedy } from "./keySourceRemedy.ts";
import type { About } from "./remedy.ts";
import { remedyFor } from "./remedyFor.ts";

/** `task` is that of the rung; without one the first that is tested counts. */
export function withRemedies(
  findings: readonly Finding[],
  subject: Subject,
  learned: Learned,
  task?: Task,
): readonly Finding[] {
  const about = aboutSubject(subject, learned, task);
  return findings.map((finding) => {
    if (isKeyMissed(finding.code, subject.credentials.key)) {
      const text = keySourceRemedy(subject);
      if (text !== undefined) {
        return { ...finding, remedy: text, fixes: [...moveFirst(subject), ...finding.fixes] };
      }
    }
    const remedy = remedyFor(finding.code, about);
    if (remedy === undefined) {
      return finding;
    }
    const copies = remedy.commands
      .filter((command) => !finding.fixes.some((fix) => "command" in fix && isSame(fix.command, command)))
      .map((command): Fix => ({ kind: "copy-command", command }));
    return { ...finding, remedy: remedy.text, fixes: [...finding.fixes, ...copies] };
  });
}

/** A key that stands in the settings is the one that is missed. */
function moveFirst({ endpoint }: Subject): readonly Fix[] {
  const isUnsent = endpoint.exposed.some(({ place }) => place !== "header");
  return isUnsent ? [{ kind: "move-key-to-secret" }] : [];
}

/** The rung may have a line for the same program, made from what it measured: one is enough. */
function isSame(one: string, other: string): boolean {
  const program = (command: string): string => command.split(" ").slice(0, 2).join(" ");
  return program(one) === program(other);
}

function aboutSubject({ endpoint, tasks }: Subject, learned: Learned, rungTask: Task | undefined): About {
  const task = rungTask ?? (learned.tasks ?? tasks)[0];
  const model = task === undefined ? undefined : (learned.chosen?.[task] ?? endpoint.models[task]);
  const { id: serverId = "unknown", version } = learned.server ?? {};
  return { serverId, version, model, task, baseUrl: endpoint.baseUrl, served: learned.served };
}
