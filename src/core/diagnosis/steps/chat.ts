/** One short chat request without streaming: the proof that the model answers. */

import { readChunk } from "../../chat/chatChunk.ts";
import { generatePath } from "../../chat/chatRequest.ts";
import { joinPath } from "../../endpoint/baseUrl.ts";
import { parseJson } from "../errorEnvelope.ts";
import { varyTaskRoute } from "../variations/varyTaskRoute.ts";
import type { Step, Subject } from "../step.ts";
import {
  judgeTaskReply,
  notAnAnswer,
  sendWire,
  taskEvidence,
  type TaskReply,
  type Wire,
} from "./taskRequest.ts";

export const chat: Step<TaskReply> = {
  id: "chat",
  task: "chat",

  vary: varyTaskRoute("chat"),

  gather: (subject, { chosen }, { http }, signal) =>
    sendWire(minimalChat(subject, chosen?.chat ?? ""), subject, http, signal),

  judge(reply, subject, learned) {
    const evidence = taskEvidence(reply);
    const failures = judgeTaskReply(reply, subject, learned, "chat");
    if (failures.length > 0 || reply.outcome.kind !== "reply") {
      return { evidence, findings: failures };
    }
    const text = reply.outcome.reply.body;
    const isAnswer =
      subject.endpoint.protocol === "generate"
        ? text.includes('"generated_text"')
        : readChunk(parseJson(text)) !== undefined;
    return { evidence, findings: isAnswer ? [] : [notAnAnswer("http.malformed", text)] };
  },
};

/** Nothing but what the task needs: a forced parameter must never turn a working endpoint red. */
function minimalChat({ endpoint }: Subject, model: string): Wire {
  const { baseUrl, protocol } = endpoint;
  if (protocol === "generate") {
    return { url: joinPath(baseUrl, generatePath(model)), body: { prompt: "ping", max_tokens: 8 } };
  }
  const messages = [{ role: "user", content: "ping" }];
  return { url: joinPath(baseUrl, "/chat/completions"), body: { model, messages, max_tokens: 8 } };
}
