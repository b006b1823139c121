/** One embedding from the text to its vector, shown in the panel. */

import {
  runEmbedding,
  type EmbeddingOutcome,
  type EmbeddingRequest,
} from "../../core/embedding/runEmbedding.ts";
import { summarizeVector } from "../../core/embedding/vectorSummary.ts";
import type { EmbeddingRecord } from "../../shared/runRecord.ts";
import { machineName } from "../machine.ts";
import { findingViews, fixOf } from "../panel/views.ts";
import type { RunDependencies } from "./runDependencies.ts";

export async function embeddingRun(
  request: EmbeddingRequest,
  dependencies: RunDependencies,
): Promise<EmbeddingRecord> {
  const { endpoint, model, input } = request;
  const abort = new AbortController();
  let outcome: EmbeddingOutcome = { kind: "stopped" };
  const head = { endpointName: endpoint.name, baseUrl: endpoint.baseUrl, model, machine: machineName() };
  const session = dependencies.panel.show(
    { runId: crypto.randomUUID(), kind: "embedding", ...head, input: input.slice(0, 2000) },
    {
      stop: () => abort.abort(),
      again: () => void embeddingRun(request, dependencies),
      copyText: () => (outcome.kind === "finished" ? JSON.stringify(outcome.read.vector) : ""),
      applyFix: async (fixId) => {
        const fix = fixOf(findingsOf(outcome), fixId);
        if (fix !== undefined) {
          await dependencies.applyFix(endpoint.id, fix);
        }
      },
    },
  );
  const credentials = await dependencies.vault.read(endpoint);
  const gateway = await dependencies.gateway();
  const startedMs = dependencies.clock.now();
  outcome = await runEmbedding(request, credentials, gateway, abort.signal);
  const endToEndMs = dependencies.clock.now() - startedMs;
  const record = recordOf(request, outcome);
  session.update({
    rungs: [],
    findings: findingViews(record.findings),
    ...(outcome.kind === "finished" ? { vector: summarizeVector(outcome.read.vector) } : {}),
  });
  session.end({
    state: outcome.kind,
    timings: { endToEndMs },
    ...(record.usage === undefined ? {} : { usage: record.usage }),
  });
  return record;
}

function findingsOf(outcome: EmbeddingOutcome): EmbeddingRecord["findings"] {
  return outcome.kind === "stopped" ? [] : outcome.findings;
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
