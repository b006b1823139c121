/** A chat on its way: from the question to the record, told to a session as it streams. The same for a run of its own and for a column of a comparison. */

import type { AskedBy } from "../../core/audit/auditEntry.ts";
import type { ChatDraft } from "../../core/chat/chatDraft.ts";
import type { ChatRequest } from "../../core/chat/chatRequest.ts";
import { keptWire } from "../../core/chat/keptWire.ts";
import { createWireRecorder, type WireRecorder } from "../../core/chat/recordWire.ts";
import { runChat } from "../../core/chat/runChat.ts";
import type { RunWire } from "../../core/chat/runWire.ts";
import type { ShownRun } from "../../core/chat/sdkDifferences.ts";
import type { StreamEvent } from "../../core/chat/streamEvent.ts";
import { createRunMeter, type RunMeter } from "../../core/chat/timings.ts";
import { emptyTranscript, foldEvent, type Transcript } from "../../core/chat/transcript.ts";
import { lastQuestion } from "../../core/chat/wireMessage.ts";
import { sentKeyWords } from "../../core/keys/sentKeyWords.ts";
import type { RunHead } from "../../shared/runPanel.ts";
import type { RunRecord } from "../../shared/runRecord.ts";
import type { TextOrigin } from "../editor/textOrigin.ts";
import { machineName } from "../machine.ts";
import type { RunSession } from "../panel/runSession.ts";
import { findingViews } from "../panel/views.ts";
import { chooseModelFor, type Turn } from "../pickModel.ts";
import { openWay, type RunDependencies } from "./runDependencies.ts";

/** A chat whose model may still have to be found out. */
export type ChatAsked = Omit<ChatRequest, "model"> & {
  readonly model: string | undefined;
  readonly askedBy: AskedBy;
  /** What a person composed it as. */
  readonly draft?: ChatDraft;
  /** Where several runs may ask the person at once. */
  readonly turn?: Turn;
  /** The text in an editor that it is about. */
  readonly origin?: TextOrigin;
  readonly sentAs?: RunHead["sentAs"];
};

/** What a run has become so far: shared by the stream and the panel's buttons. */
export interface ChatState {
  model: string;
  /** When the request itself was sent, on the clock's scale. */
  startedMs: number;
  transcript: Transcript;
  readonly meter: RunMeter;
  /** Every byte of it, the list of models included where that is asked for first. */
  readonly recorder: WireRecorder;
}

export function chatState(
  { model, endpoint }: ChatAsked,
  { clock, redactor }: Pick<RunDependencies, "clock" | "redactor">,
): ChatState {
  return {
    model: model ?? endpoint.models.chat ?? "",
    startedMs: clock.now(),
    transcript: emptyTranscript,
    meter: createRunMeter(),
    recorder: createWireRecorder(clock, redactor),
  };
}

/** For the controls of its panel. */
export function chatWire(
  state: ChatState,
  { readWithSdk, redactor }: Pick<RunDependencies, "readWithSdk" | "redactor">,
): RunWire {
  const shown = (): ShownRun | undefined => {
    const { outcome, answer, reasoning, toolCalls, findings } = state.transcript;
    return outcome === undefined || outcome.kind === "stopped"
      ? undefined
      : {
          outcome: outcome.kind,
          // As clean as the bytes that the SDK is given, else it seems to see another answer.
          ...{ answer: redactor.clean(answer), reasoning: redactor.clean(reasoning) },
          toolCalls: redactor.cleanDeep(toolCalls),
          codes: findings.map(({ code }) => code),
        };
  };
  return keptWire(state.recorder, shown, readWithSdk);
}

export function chatHead(
  { endpoint, messages, sentAs }: ChatAsked,
  model: string,
  { clock }: Pick<RunDependencies, "clock">,
): RunHead {
  return {
    runId: crypto.randomUUID(),
    kind: "chat",
    startedAtMs: clock.epochMs(),
    endpointName: endpoint.name,
    baseUrl: endpoint.baseUrl,
    model,
    machine: machineName(),
    input: lastQuestion(messages).slice(0, 2000),
    ...(messages.length > 1 ? { earlierMessages: messages.length - 1 } : {}),
    ...(sentAs === undefined ? {} : { sentAs }),
  };
}

/** Resolves when it has ended, however; the signal ends it on the wire. */
export async function followChat(
  asked: ChatAsked,
  session: RunSession,
  state: ChatState,
  signal: AbortSignal,
  dependencies: RunDependencies,
): Promise<RunRecord> {
  const { clock } = dependencies;
  for await (const event of chatEvents(asked, session, state, signal, dependencies)) {
    const nowMs = clock.now();
    state.meter.note(event, nowMs);
    state.transcript = foldEvent(state.transcript, event, nowMs);
    session.take(event);
    if (event.kind === "noticed" || event.kind === "ended") {
      session.update({ rungs: [], findings: findingViews(state.transcript.findings, asked.endpoint) });
    }
  }
  const record = recordOf(asked.endpoint.id, state, clock.now());
  showEnd(session, record);
  return record;
}

/** Finds the model out where none is named, then asks it. */
async function* chatEvents(
  asked: ChatAsked,
  session: RunSession,
  state: ChatState,
  signal: AbortSignal,
  dependencies: RunDependencies,
): AsyncGenerator<StreamEvent> {
  const { gateway, clock } = dependencies;
  const { credentials, http: way } = await openWay(asked.endpoint, asked.askedBy, dependencies);
  const http = state.recorder.through(way, credentials);
  session.amend({ key: sentKeyWords(asked.endpoint.key, credentials, "placeholder") });
  if (state.model === "") {
    const chosen = await chooseModelFor(asked.endpoint, "chat", credentials, http, signal, asked.turn);
    if (chosen.kind !== "chosen") {
      yield { kind: "ended", outcome: chosen.kind === "cancelled" ? { kind: "stopped" } : chosen };
      return;
    }
    state.model = chosen.model;
    session.amend({ model: chosen.model });
  }
  const opened = await gateway(http);
  state.startedMs = clock.now();
  yield* runChat({ ...asked, model: state.model }, credentials, opened, signal, clock);
}

function showEnd(session: RunSession, record: RunRecord): void {
  const { outcome, finishReason, usage, estimate, timings } = record;
  session.end({
    state: outcome,
    timings,
    ...(finishReason === undefined ? {} : { finishReason }),
    ...(usage === undefined ? {} : { usage }),
    ...(estimate === undefined ? {} : { estimate }),
  });
}

function recordOf(
  endpointId: string,
  { model, startedMs, transcript, meter }: ChatState,
  endedMs: number,
): RunRecord {
  const { answer, reasoning, toolCalls, usage, findings, outcome } = transcript;
  return {
    endpointId,
    model,
    answer,
    reasoning,
    toolCalls,
    outcome: outcome?.kind ?? "failed",
    ...(outcome?.kind === "finished" ? { finishReason: outcome.finishReason } : {}),
    ...(usage === undefined ? {} : { usage }),
    ...meter.measured(startedMs, endedMs),
    findings,
  };
}
