/** One rung of the chat task against a chat route that is a function of the request. */

import {
  asStep,
  type Judgement,
  type Learned,
  type Step,
  type Subject,
} from "../../src/core/diagnosis/step.ts";
import type { Http, HttpOutcome, HttpReply, StreamOutcome } from "../../src/core/ports.ts";
import { aBody, aReply, aStreamReply, aSubject, type FakeClock, fakeClock, fakeSockets } from "./builders.ts";
import type { Fields } from "./scriptedModel.ts";

/** A stream as text; each piece may take its time. */
export interface FakeStream {
  readonly pieces: readonly string[];
  /** Before each piece; none where absent. */
  readonly waitsMs?: readonly number[];
  readonly fault?: Parameters<typeof aBody>[1];
}

export type Answer = HttpReply | HttpOutcome | FakeStream;

export interface Climbed extends Judgement {
  /** Bodies of the requests, in order. */
  readonly sent: readonly Fields[];
  readonly codes: readonly (readonly [string, string])[];
}

/** The judgement of a rung. Without `learned` the chat rung has passed for the model `Qwen3-8B`. */
export async function climbChat<Evidence>(
  step: Step<Evidence>,
  answer: (request: Fields) => Answer,
  { learned = {}, subject = {} }: { readonly learned?: Learned; readonly subject?: Partial<Subject> } = {},
): Promise<Climbed> {
  const sent: Fields[] = [];
  const clock = fakeClock();
  const http = chatHttp((request) => {
    sent.push(request);
    return answer(request);
  }, clock);
  const ports = { http, sockets: fakeSockets(), clock };
  const known: Learned = { chosen: { chat: "Qwen3-8B" }, ...learned };
  const tested = aSubject({ depth: "full", ...subject });
  const judged = await asStep(step).climb(tested, known, ports, new AbortController().signal);
  return { ...judged, sent, codes: judged.findings.map(({ code, severity }) => [code, severity]) };
}

function chatHttp(answer: (request: Fields) => Answer, clock: FakeClock): Http {
  const reply = (body: string | undefined): Answer => answer(JSON.parse(body ?? "{}") as Fields);
  return {
    send: ({ body }) => Promise.resolve(wholeOutcome(reply(body))),
    open: ({ body }) => Promise.resolve(streamOutcome(reply(body), clock)),
  };
}

function wholeOutcome(answer: Answer): HttpOutcome {
  if ("pieces" in answer) {
    return wholeOutcome(aReply(answer.pieces.join(""), { headers: { "content-type": "text/event-stream" } }));
  }
  return "kind" in answer ? answer : { kind: "reply", reply: answer };
}

function streamOutcome(answer: Answer, clock: FakeClock): StreamOutcome {
  if ("pieces" in answer) {
    return { kind: "reply", reply: aStreamReply(timed(answer, clock)) };
  }
  const outcome = "kind" in answer ? answer : { kind: "reply" as const, reply: answer };
  if (outcome.kind === "fault") {
    return outcome;
  }
  const { status, headers, body } = outcome.reply;
  const fault = outcome.kind === "cut" ? outcome.fault : undefined;
  return { kind: "reply", reply: aStreamReply(aBody([body], fault), { status, headers }) };
}

function timed({ pieces, waitsMs = [], fault }: FakeStream, clock: FakeClock): ReturnType<typeof aBody> {
  const body = aBody(pieces, fault);
  return {
    fault: () => body.fault(),
    async *[Symbol.asyncIterator]() {
      let place = 0;
      for await (const bytes of body) {
        clock.advance(waitsMs[place++] ?? 0);
        yield bytes;
      }
    },
  };
}

/** A whole reply with this message. */
export function aMessage(message: Fields, finishReason = "stop", usage?: Fields): HttpReply {
  return aReply({
    choices: [{ message, finish_reason: finishReason }],
    ...(usage === undefined ? {} : { usage }),
  });
}

/** An error in vLLM's envelope. */
export function refused(message: string, status = 400): HttpReply {
  return aReply({ error: { message, type: "BadRequestError", param: null, code: status } }, { status });
}
