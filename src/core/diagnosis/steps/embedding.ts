/** Does it embed, and are the vectors right? */

import { judgeVector, readEmbedding } from "../../embedding/readEmbedding.ts";
import { joinPath } from "../../endpoint/baseUrl.ts";
import { parseJson } from "../errorEnvelope.ts";
import { varyTaskRoute } from "../variations/varyTaskRoute.ts";
import type { Step } from "../step.ts";
import { judgeTaskReply, notAnAnswer, sendWire, taskEvidence, type TaskReply } from "./taskRequest.ts";

export const embedding: Step<TaskReply> = {
  id: "embedding",
  task: "embedding",

  vary: varyTaskRoute("embedding"),

  gather: (subject, { chosen }, { http }, signal) =>
    sendWire(
      {
        url: joinPath(subject.endpoint.baseUrl, "/embeddings"),
        body: { model: chosen?.embedding ?? "", input: "ping", encoding_format: "float" },
      },
      subject,
      http,
      signal,
    ),

  judge(reply, subject, learned) {
    const evidence = taskEvidence(reply);
    const failures = judgeTaskReply(reply, subject, learned, "embedding");
    if (failures.length > 0 || reply.outcome.kind !== "reply") {
      return { evidence, findings: failures };
    }
    const text = reply.outcome.reply.body;
    const read = readEmbedding(parseJson(text));
    return {
      evidence,
      findings: read === undefined ? [notAnAnswer("http.malformed", text)] : judgeVector(read.vector),
    };
  },
};
