/** One chat request from sending to its end, as stream events. Never throws for what a network or a server does. */

import { judgeFault } from "../diagnosis/judgeFault.ts";
import { type Asked, judgeReply } from "../diagnosis/judgeReply.ts";
import { sentKey } from "../endpoint/requestHeaders.ts";
import type { Credentials, ModelGateway, StreamOutcome, StreamReply } from "../ports.ts";
import { chatUrl, chatWireRequest, type ChatRequest } from "./chatRequest.ts";
import { judgeExtraBody, withMergeFix } from "./extraBody.ts";
import { readGenerated } from "./generatedReply.ts";
import { readChatStream } from "./readChatStream.ts";
import { withParameterFixes } from "./refusedParameter.ts";
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
  const { reply, bytes } = counted(outcome.reply);
  const timings = reply.timings?.();
  yield { kind: "opened", status: reply.status, ...(timings === undefined ? {} : { timings }) };
  for await (const event of readReply(reply, request, asked, signal)) {
    if (event.kind === "ended") {
      yield { kind: "received", bytes: bytes() };
    }
    yield event;
  }
}

async function* readReply(
  reply: StreamReply,
  request: ChatRequest,
  asked: Asked,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
  if (reply.status < 200 || reply.status > 299) {
    const whole = await readWholeBody(reply);
    const judged = withParameterFixes(judgeReply(whole, asked), whole.body, request.extra);
    const findings = withMergeFix(judged, request.extra);
    yield { kind: "ended", outcome: signal.aborted ? { kind: "stopped" } : { kind: "failed", findings } };
    return;
  }
  yield* request.endpoint.protocol === "generate"
    ? readGenerated(reply, asked)
    : readChatStream(reply, asked);
}

/** The same reply, its body counted as it is read. */
function counted(reply: StreamReply): { readonly reply: StreamReply; readonly bytes: () => number } {
  let bytes = 0;
  const body: StreamReply["body"] = {
    fault: () => reply.body.fault(),
    async *[Symbol.asyncIterator]() {
      for await (const chunk of reply.body) {
        bytes += chunk.length;
        yield chunk;
      }
    },
  };
  return { reply: { ...reply, body }, bytes: () => bytes };
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
