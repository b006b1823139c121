/** Does it rerank, and is the order right? */

import { readRerank, rerankWire, teiRerankWire } from "../../rerank/dialects.ts";
import { parseJson } from "../errorEnvelope.ts";
import { varyTaskRoute } from "../variations/varyTaskRoute.ts";
import type { Step } from "../step.ts";
import { judgeTaskReply, notAnAnswer, sendWire, taskEvidence, type TaskReply } from "./taskRequest.ts";

const probe = {
  query: "capital of China",
  documents: ["Beijing is the capital of China.", "Bananas are yellow."],
};

export const rerank: Step<TaskReply> = {
  id: "rerank",
  task: "rerank",

  vary: varyTaskRoute("rerank"),

  async gather(subject, { chosen }, { http }, signal) {
    const { baseUrl } = subject.endpoint;
    const request = { model: chosen?.rerank ?? "", ...probe };
    const first = await sendWire(rerankWire(baseUrl, request), subject, http, signal);
    if (!(first.outcome.kind === "reply" && first.outcome.reply.status === 404)) {
      return first;
    }
    const second = await sendWire(teiRerankWire(baseUrl, request), subject, http, signal);
    return second.outcome.kind === "reply" && second.outcome.reply.status < 400 ? second : first;
  },

  judge(reply, subject, learned) {
    const evidence = taskEvidence(reply);
    const failures = judgeTaskReply(reply, subject, learned, "rerank");
    if (failures.length > 0 || reply.outcome.kind !== "reply") {
      return { evidence, findings: failures };
    }
    const text = reply.outcome.reply.body;
    return {
      evidence,
      findings: readRerank(parseJson(text)) === undefined ? [notAnAnswer("rerank.shape", text)] : [],
    };
  },
};
