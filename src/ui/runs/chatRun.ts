/** A chat from the prompt to its record, shown in the panel as it streams. */

import type { AskedBy } from "../../core/audit/auditEntry.ts";
import { mergeExtraBody } from "../../core/chat/extraBody.ts";
import { runChat } from "../../core/chat/runChat.ts";
import type { ChatRequest } from "../../core/chat/chatRequest.ts";
import { createRunMeter, type RunMeter } from "../../core/chat/timings.ts";
import { emptyTranscript, foldEvent, type Transcript } from "../../core/chat/transcript.ts";
import type { StreamEvent } from "../../core/chat/streamEvent.ts";
import { sentKeyWords } from "../../core/keys/sentKeyWords.ts";
import type { RunHead } from "../../shared/runPanel.ts";
import type { RunRecord } from "../../shared/runRecord.ts";
import { machineName } from "../machine.ts";
import type { RunSession } from "../panel/runSession.ts";
import { findingViews, fixOf } from "../panel/views.ts";
import { chooseModelFor } from "../pickModel.ts";
import { ending } from "./ending.ts";
import { currentEndpoint, openWay, type RunDependencies } from "./runDependencies.ts";

/** A chat whose model may still have to be found out. */
export type ChatAsked = Omit<ChatRequest, "model"> & {
  readonly model: string | undefined;
  readonly askedBy: AskedBy;
};

/** What a run has become so far: shared by the stream and the panel's buttons. */
interface RunState {
  model: string;
  /** When the request itself was sent, on the clock's scale. */
  startedMs: number;
  transcript: Transcript;
  readonly meter: RunMeter;
}

/** Resolves when the run has ended, however; closing the panel or Stop aborts it on the wire. */
export async function chatRun(asked: ChatAsked, dependencies: RunDependencies): Promise<RunRecord> {
  const { panels, inBackground, clock } = dependencies;
  const abort = new AbortController();
  const state: RunState = {
    model: asked.model ?? asked.endpoint.models.chat ?? "",
    startedMs: clock.now(),
    transcript: emptyTranscript,
    meter: createRunMeter(),
  };
  const session = panels.show(headOf(asked, state.model), {
    stop: () => abort.abort(),
    again: () => {
      const endpoint = currentEndpoint(dependencies, asked.endpoint);
      inBackground(chatRun({ ...asked, endpoint }, dependencies));
    },
    copyText: () => state.transcript.answer,
    applyFix: async (fixId) => {
      const fix = fixOf(state.transcript.findings, fixId);
      if (fix?.kind === "merge-extra-body") {
        inBackground(chatRun({ ...asked, extra: mergeExtraBody(asked.extra) }, dependencies));
      } else if (fix !== undefined) {
        await dependencies.applyFix(asked.endpoint.id, fix);
      }
    },
  });
  return ending(session, () => follow(asked, session, state, abort.signal, dependencies));
}

async function follow(
  asked: ChatAsked,
  session: RunSession,
  state: RunState,
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
  state: RunState,
  signal: AbortSignal,
  dependencies: RunDependencies,
): AsyncGenerator<StreamEvent> {
  const { gateway, clock } = dependencies;
  const { credentials, http } = await openWay(asked.endpoint, asked.askedBy, dependencies);
  session.amend({ key: sentKeyWords(asked.endpoint.key, credentials, "placeholder") });
  if (state.model === "") {
    const chosen = await chooseModelFor(asked.endpoint, "chat", credentials, http, signal);
    if (chosen.kind !== "chosen") {
      yield { kind: "ended", outcome: chosen.kind === "cancelled" ? { kind: "stopped" } : chosen };
      return;
    }
    state.model = chosen.model;
    session.amend({ model: chosen.model });
  }
  const opened = await gateway(http);
  state.startedMs = clock.now();
  yield* runChat({ ...asked, model: state.model }, credentials, opened, signal);
}

function headOf({ endpoint, prompt }: ChatAsked, model: string): RunHead {
  return {
    runId: crypto.randomUUID(),
    kind: "chat",
    endpointName: endpoint.name,
    baseUrl: endpoint.baseUrl,
    model,
    machine: machineName(),
    input: prompt.slice(0, 2000),
  };
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
  { model, startedMs, transcript, meter }: RunState,
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
