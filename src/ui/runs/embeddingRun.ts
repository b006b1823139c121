/** One embedding from the text to its vector, shown in the panel. */

import type { AskedBy } from "../../core/audit/auditEntry.ts";
import { keptWire } from "../../core/chat/keptWire.ts";
import { createWireRecorder, type WireRecorder } from "../../core/chat/recordWire.ts";
import type { ShownRun } from "../../core/chat/sdkDifferences.ts";
import {
  runEmbedding,
  type EmbeddingOutcome,
  type EmbeddingRequest,
} from "../../core/embedding/runEmbedding.ts";
import { summarizeVector } from "../../core/embedding/vectorSummary.ts";
import { sentKeyWords } from "../../core/keys/sentKeyWords.ts";
import type { EmbeddingRecord } from "../../shared/runRecord.ts";
import { machineName } from "../machine.ts";
import type { RunSession } from "../panel/runSession.ts";
import { findingViews, fixOf } from "../panel/views.ts";
import { chooseModelFor, type ChosenModel } from "../pickModel.ts";
import { ending } from "./ending.ts";
import { currentEndpoint, openWay, type RunDependencies } from "./runDependencies.ts";

/** An embedding whose model may still have to be found out. */
export type EmbeddingAsked = Omit<EmbeddingRequest, "model"> & {
  readonly model: string | undefined;
  readonly askedBy: AskedBy;
};

interface EmbeddingState {
  /** Undefined while it runs. */
  outcome: EmbeddingOutcome | undefined;
  readonly recorder: WireRecorder;
}

export async function embeddingRun(
  asked: EmbeddingAsked,
  dependencies: RunDependencies,
): Promise<EmbeddingRecord> {
  const { endpoint, input } = asked;
  const { panels, inBackground } = dependencies;
  const abort = new AbortController();
  const recorder = createWireRecorder(dependencies.clock, dependencies.redactor);
  const state: EmbeddingState = { outcome: undefined, recorder };
  const model = asked.model ?? endpoint.models.embedding ?? "";
  const head = { endpointName: endpoint.name, baseUrl: endpoint.baseUrl, model, machine: machineName() };
  const session = panels.show(
    {
      ...{ runId: crypto.randomUUID(), kind: "embedding", startedAtMs: dependencies.clock.epochMs() },
      ...{ ...head, input: input.slice(0, 2000) },
    },
    {
      wire: keptWire(recorder, () => shownRun(state), dependencies.readWithSdk),
      stop: () => abort.abort(),
      again: () => {
        const fresh = { ...asked, endpoint: currentEndpoint(dependencies, endpoint) };
        inBackground(embeddingRun(fresh, dependencies));
      },
      copyText: () => (state.outcome?.kind === "finished" ? JSON.stringify(state.outcome.read.vector) : ""),
      applyFix: async (fixId) => {
        const fix = fixOf(findingsOf(state.outcome), fixId);
        if (fix !== undefined) {
          await dependencies.applyFix(endpoint.id, fix);
        }
      },
    },
  );
  return ending(session, () => embed({ ...asked, model }, session, state, abort.signal, dependencies));
}

async function embed(
  request: EmbeddingAsked & EmbeddingRequest,
  session: RunSession,
  state: EmbeddingState,
  signal: AbortSignal,
  dependencies: RunDependencies,
): Promise<EmbeddingRecord> {
  const { gateway, clock } = dependencies;
  const { endpoint } = request;
  const { credentials, http: way } = await openWay(endpoint, request.askedBy, dependencies);
  const http = state.recorder.through(way, credentials);
  session.amend({ key: sentKeyWords(endpoint.key, credentials, "placeholder") });
  const chosen: ChosenModel =
    request.model === ""
      ? await chooseModelFor(endpoint, "embedding", credentials, http, signal)
      : { kind: "chosen", model: request.model };
  if (chosen.kind !== "chosen") {
    state.outcome = chosen.kind === "cancelled" ? { kind: "stopped" } : chosen;
    return showEnd(session, request, state.outcome, 0);
  }
  const { model } = chosen;
  if (request.model === "") {
    session.amend({ model });
  }
  const opened = await gateway(http);
  const startedMs = clock.now();
  state.outcome = await runEmbedding({ ...request, model }, credentials, opened, signal);
  return showEnd(session, { ...request, model }, state.outcome, clock.now() - startedMs);
}

function showEnd(
  session: RunSession,
  request: EmbeddingRequest,
  outcome: EmbeddingOutcome,
  endToEndMs: number,
): EmbeddingRecord {
  const record = recordOf(request, outcome);
  session.update({
    rungs: [],
    findings: findingViews(record.findings, request.endpoint),
    ...(outcome.kind === "finished" ? { vector: summarizeVector(outcome.read.vector) } : {}),
  });
  const usage = record.usage === undefined ? {} : { usage: record.usage };
  session.end({ state: outcome.kind, timings: { endToEndMs }, ...usage });
  return record;
}

function findingsOf(outcome: EmbeddingOutcome | undefined): EmbeddingRecord["findings"] {
  return outcome === undefined || outcome.kind === "stopped" ? [] : outcome.findings;
}

function shownRun({ outcome }: EmbeddingState): ShownRun | undefined {
  const codes = findingsOf(outcome).map(({ code }) => code);
  return outcome === undefined || outcome.kind === "stopped"
    ? undefined
    : { outcome: outcome.kind, answer: "", reasoning: "", toolCalls: [], codes };
}

function recordOf({ endpoint, model }: EmbeddingRequest, outcome: EmbeddingOutcome): EmbeddingRecord {
  const vector = outcome.kind === "finished" ? outcome.read.vector : [];
  const usage = outcome.kind === "finished" ? outcome.read.usage : undefined;
  const { dimensions, norm } = summarizeVector(vector);
  return {
    endpointId: endpoint.id,
    model,
    outcome: outcome.kind,
    dimensions,
    norm,
    vector,
    ...(usage === undefined ? {} : { usage }),
    findings: findingsOf(outcome),
  };
}
