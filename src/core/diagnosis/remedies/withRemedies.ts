/** Hangs the commands of the remedies on the findings they are for. */

import type { Finding, Fix } from "../finding.ts";
import type { Learned, Subject } from "../step.ts";
import type { Task } from "../../endpoint/endpoint.ts";
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
    const commands = remedyFor(finding.code, about)?.commands ?? [];
    const copies = commands
      .filter((command) => !finding.fixes.some((fix) => "command" in fix && fix.command === command))
      .map((command): Fix => ({ kind: "copy-command", command }));
    return copies.length === 0 ? finding : { ...finding, fixes: [...finding.fixes, ...copies] };
  });
}

function aboutSubject({ endpoint, tasks }: Subject, learned: Learned, rungTask: Task | undefined): About {
  const task = rungTask ?? (learned.tasks ?? tasks)[0];
  const model = task === undefined ? undefined : (learned.chosen?.[task] ?? endpoint.models[task]);
  const { id: serverId = "unknown", version } = learned.server ?? {};
  return { serverId, version, model, task, baseUrl: endpoint.baseUrl };
}
