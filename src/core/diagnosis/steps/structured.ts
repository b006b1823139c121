/** Does JSON mode give JSON? */

import type { Finding } from "../finding.ts";
import type { Learned, Step, Subject } from "../step.ts";
import {
  found,
  isJsonObject,
  isPlainProtocol,
  judgeExtra,
  plainProtocol,
  saidEvidence,
  skipped,
  replyLines,
} from "./chatExtras.ts";
import { askChat, type ChatReply, user } from "./chatProbe.ts";
import { shortAnswer } from "./shortAnswer.ts";

/** DashScope and OpenAI want the word JSON in the prompt. */
const question = user('Which city is the capital of France? Answer in JSON like {"city": "…"}.');

export const structured: Step<ChatReply | undefined> = {
  id: "structured",
  task: "chat",
  depth: "full",

  gather(subject, learned, ports, signal) {
    if (isPlainProtocol(subject)) {
      return Promise.resolve(undefined);
    }
    const room = shortAnswer(learned, 128);
    const extra = { ...room.extra, response_format: { type: "json_object" } };
    return askChat({ messages: [question], tokens: room.tokens, extra }, subject, learned, ports, signal);
  },

  judge(reply, subject, learned) {
    if (reply === undefined) {
      return skipped(plainProtocol);
    }
    return { evidence: replyLines("json_object", reply), findings: judgeJson(reply, subject, learned) };
  },
};

/** Not a fence nor a thought is taken away: programs parse the content as it is. */
function judgeJson(reply: ChatReply, subject: Subject, learned: Learned): readonly Finding[] {
  const { said } = reply;
  if (said === undefined) {
    return judgeExtra(reply, subject, learned, "note");
  }
  // An answer that the end of the tokens cut says nothing of JSON mode.
  if (isJsonObject(said.answer) || said.finishReason === "length") {
    return [];
  }
  return [found("request.invalid", "warning", [saidEvidence("json_object", said)])];
}
