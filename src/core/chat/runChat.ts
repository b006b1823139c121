/** One chat request from sending to its end, as stream events. Never throws for what a network or a server does. */

import { parseJson } from "../diagnosis/errorEnvelope.ts";
import { judgeFault } from "../diagnosis/judgeFault.ts";
import { type Asked, judgeReply } from "../diagnosis/judgeReply.ts";
import { sentKey } from "../endpoint/requestHeaders.ts";
import type { Credentials, ModelGateway, StreamOutcome, StreamReply } from "../ports.ts";
import { chatUrl, chatWireRequest, type ChatRequest } from "./chatRequest.ts";
import { judgeExtraBody, withMergeFix } from "./extraBody.ts";
import { noticed } from "./eventReader.ts";
import { readChatStream } from "./readChatStream.ts";
import { readWholeBody } from "./readWholeBody.ts";
import type { StreamEvent } from "./streamEvent.ts";

/** Sends the prompt and yields what comes. The last event is `ended`; aborting the signal ends it as `stopped`. */
export async function* runChat(
  request: ChatRequest,
  credentials: Credentials,
  gateway: ModelGateway,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
  const asked: Asked = {
    method: "POST",
    url: chatUrl(request),
    baseUrl: request.endpoint.baseUrl,
    key: sentKey(credentials),
    task: "chat",
    model: request.model,
  };
  const extraBody = judgeExtraBody(request.extra);
  if (extraBody !== undefined) {
    yield { kind: "noticed", finding: extraBody };
  }
  const outcome = await openChat(request, credentials, gateway, signal);
  if (outcome.kind === "fault") {
    const findings = [judgeFault("POST", asked.url, outcome.fault)];
    yield { kind: "ended", outcome: signal.aborted ? { kind: "stopped" } : { kind: "failed", findings } };
    return;
  }
  const { reply } = outcome;
  yield { kind: "opened", status: reply.status };
  if (reply.status < 200 || reply.status > 299) {
    const whole = await readWholeBody(reply);
    const findings = withMergeFix(judgeReply(whole, asked), request.extra);
    yield { kind: "ended", outcome: signal.aborted ? { kind: "stopped" } : { kind: "failed", findings } };
    return;
  }
  yield* request.endpoint.protocol === "generate"
    ? readGenerated(reply, asked)
    : readChatStream(reply, asked);
}

/** Asks for usage first; where the server refuses that, once more without: a forced parameter must not fail a working endpoint. */
async function openChat(
  request: ChatRequest,
  credentials: Credentials,
  gateway: ModelGateway,
  signal: AbortSignal,
): Promise<StreamOutcome> {
  const { endpoint } = request;
  const first = await gateway.open({ endpoint, credentials, ...chatWireRequest(request, "asked") }, signal);
  if (first.kind === "fault" || (first.reply.status !== 400 && first.reply.status !== 422)) {
    return first;
  }
  const whole = await readWholeBody(first.reply);
  if (/stream_options|include_usage/.test(whole.body)) {
    return gateway.open({ endpoint, credentials, ...chatWireRequest(request, "not-asked") }, signal);
  }
  return { kind: "reply", reply: { ...first.reply, body: wholeAsStream(whole.body) } };
}

function wholeAsStream(body: string): StreamReply["body"] {
  return {
    fault: () => undefined,
    async *[Symbol.asyncIterator]() {
      yield await Promise.resolve(new TextEncoder().encode(body));
    },
  };
}

/** The "generate" protocol answers once: `{"generated_text": "…"}`. */
async function* readGenerated(reply: StreamReply, asked: Asked): AsyncGenerator<StreamEvent> {
  const whole = await readWholeBody(reply);
  const fault = reply.body.fault();
  const findings =
    fault === undefined ? judgeReply(whole, asked) : [judgeFault("POST", asked.url, fault, "status")];
  const body = parseJson(whole.body);
  const text =
    typeof body === "object" && body !== null && "generated_text" in body ? body.generated_text : undefined;
  if (findings.length > 0 || typeof text !== "string") {
    const shown =
      findings.length > 0 ? findings : [noticed("http.malformed", [whole.body.slice(0, 300)], "blocker")];
    yield {
      kind: "ended",
      outcome: fault?.code === "ABORTED" ? { kind: "stopped" } : { kind: "failed", findings: shown },
    };
    return;
  }
  yield { kind: "answer", text };
  yield { kind: "ended", outcome: { kind: "finished", finishReason: "stop" } };
}
