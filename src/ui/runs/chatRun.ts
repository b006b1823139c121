/** A chat from the prompt to its record, shown in the panel as it streams. */

import { runChat } from "../../core/chat/runChat.ts";
import type { ChatRequest } from "../../core/chat/chatRequest.ts";
import { emptyTranscript, foldEvent, timingsOf, type Transcript } from "../../core/chat/transcript.ts";
import type { RunHead } from "../../shared/runPanel.ts";
import type { RunRecord } from "../../shared/runRecord.ts";
import { machineName } from "../machine.ts";
import type { RunSession } from "../panel/runSession.ts";
import { findingViews, fixOf } from "../panel/views.ts";
import type { RunDependencies } from "./runDependencies.ts";

/** Resolves when the run has ended, however; closing the panel or Stop aborts it on the wire. */
export async function chatRun(request: ChatRequest, dependencies: RunDependencies): Promise<RunRecord> {
  const { panel, clock } = dependencies;
  const abort = new AbortController();
  let transcript: Transcript = emptyTranscript;
  const session = panel.show(headOf(request), {
    stop: () => abort.abort(),
    again: () => void chatRun(request, dependencies),
    copyText: () => transcript.answer,
    applyFix: async (fixId) => {
      const fix = fixOf(transcript.findings, fixId);
      if (fix !== undefined) {
        await dependencies.applyFix(request.endpoint.id, fix);
      }
    },
  });
  const credentials = await dependencies.vault.read(request.endpoint);
  const gateway = await dependencies.gateway();
  const startedMs = clock.now();
  for await (const event of runChat(request, credentials, gateway, abort.signal)) {
    transcript = foldEvent(transcript, event, clock.now());
    if (event.kind === "answer") {
      session.append(event.text, "");
    } else if (event.kind === "reasoning") {
      session.append("", event.text);
    } else if (event.kind === "noticed" || event.kind === "ended") {
      session.update({ rungs: [], findings: findingViews(transcript.findings) });
    }
  }
  const record = recordOf(request, transcript, startedMs, clock.now());
  showEnd(session, record);
  return record;
}

function headOf({ endpoint, model, prompt }: ChatRequest): RunHead {
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

/** Tool calls are text for now: a model that asks for a tool would otherwise seem silent. */
function showEnd(session: RunSession, record: RunRecord): void {
  for (const { name, argumentsText } of record.toolCalls) {
    session.append(`\n\n\`\`\`json\n${name}(${argumentsText})\n\`\`\`\n`, "");
  }
  const { outcome, finishReason, usage, timings } = record;
  session.end({
    state: outcome,
    timings,
    ...(finishReason === undefined ? {} : { finishReason }),
    ...(usage === undefined ? {} : { usage }),
  });
}

function recordOf(
  request: ChatRequest,
  transcript: Transcript,
  startedMs: number,
  endedMs: number,
): RunRecord {
  const { answer, reasoning, toolCalls, usage, findings, outcome } = transcript;
  return {
    endpointId: request.endpoint.id,
    model: request.model,
    answer,
    reasoning,
    toolCalls,
    outcome: outcome?.kind ?? "failed",
    ...(outcome?.kind === "finished" ? { finishReason: outcome.finishReason } : {}),
    ...(usage === undefined ? {} : { usage }),
    timings: timingsOf(transcript, startedMs, endedMs),
    findings,
  };
}
