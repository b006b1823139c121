/** Where the findings of a report were made, for the texts of their remedies. */

import { type ModelInfo, parseModelList } from "../../endpoint/modelList.ts";
import { parseJson } from "../errorEnvelope.ts";
import type { FindingCode } from "../finding.ts";
import type { Report } from "../report.ts";
import { tasks, type Task } from "../../endpoint/endpoint.ts";
import type { About } from "./remedy.ts";

/** The task is the one whose rung holds the finding, where `code` names one; else the first that was tested. */
export function aboutReport(report: Report, code?: FindingCode): About {
  const rung = report.rungs.find(({ findings }) => findings.some((finding) => finding.code === code));
  const task = taskOf(rung?.id) ?? report.tasks[0];
  return {
    serverId: report.serverId ?? "unknown",
    version: report.serverVersion,
    model: task === undefined ? undefined : report.models[task],
    task,
    baseUrl: report.baseUrl,
    served: servedIn(report),
  };
}

/** The rungs of a task other than chat bear its name. */
function taskOf(rungId: string | undefined): Task | undefined {
  return tasks.find((task) => task === rungId);
}

/** As it came over the wire; undefined where the copy of the reply was cut. */
function servedIn({ rungs }: Report): readonly ModelInfo[] | undefined {
  return rungs
    .flatMap(({ exchanges }) => exchanges)
    .filter(({ method, url, status }) => method === "GET" && status === 200 && url.endsWith("/models"))
    .map(({ replyBody }) => parseModelList(parseJson(replyBody)))
    .find((list) => list !== undefined);
}
