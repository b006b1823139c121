/** The reply of the "generate" protocol: once, and whole: `{"generated_text": "…"}`. */

import { parseJson } from "../diagnosis/errorEnvelope.ts";
import { excerpt } from "../diagnosis/evidence.ts";
import { judgeFault } from "../diagnosis/judgeFault.ts";
import { type Asked, judgeReply } from "../diagnosis/judgeReply.ts";
import type { StreamReply } from "../ports.ts";
import { noticed, withArrived } from "./eventReader.ts";
import { fieldsOf, listOf, textOf } from "./fields.ts";
import { createLanes } from "./lanes.ts";
import { readUsage } from "./readUsage.ts";
import { readWholeBody } from "./readWholeBody.ts";
import type { StreamEvent } from "./streamEvent.ts";

export async function* readGenerated(reply: StreamReply, asked: Asked): AsyncGenerator<StreamEvent> {
  const whole = await readWholeBody(reply);
  const fault = reply.body.fault();
  if (fault?.code === "ABORTED") {
    yield { kind: "ended", outcome: { kind: "stopped" } };
    return;
  }
  const findings =
    fault === undefined
      ? judgeReply(whole, asked)
      : [withArrived(judgeFault("POST", asked.url, fault, "status"), whole.body)];
  const body = parseJson(whole.body);
  // Hugging Face's inference servers answer with a list of one.
  const fields = fieldsOf(listOf(body)?.[0] ?? body);
  const text = textOf(fields?.["generated_text"]);
  if (findings.length > 0 || fields === undefined || text === undefined) {
    const malformed = noticed("http.malformed", [excerpt(whole.body, 300)], "blocker");
    const shown = findings.length > 0 ? findings : [malformed];
    yield { kind: "ended", outcome: { kind: "failed", findings: shown } };
    return;
  }
  const lanes = createLanes();
  const usage = readUsage(fields, undefined);
  yield* lanes.read({
    answer: text,
    reasoning: "",
    toolCalls: [],
    ...(usage === undefined ? {} : { usage }),
  });
  yield* lanes.end();
  yield { kind: "ended", outcome: { kind: "finished", finishReason: "stop" } };
}
