/** All that a person can do with an endpoint and its key, and everything that would be shown, returned or logged. */

import { withAppended, type Appended } from "../../../src/core/chat/appended.ts";
import { createWireRecorder } from "../../../src/core/chat/recordWire.ts";
import type { WireExchange } from "../../../src/core/chat/runWire.ts";
import { eventsText, exchangeText } from "../../../src/core/chat/wireText.ts";
import { runChat } from "../../../src/core/chat/runChat.ts";
import { createRunMeter } from "../../../src/core/chat/timings.ts";
import { foldEvent, emptyTranscript, type Transcript } from "../../../src/core/chat/transcript.ts";
import { diagnose } from "../../../src/core/diagnosis/ladder.ts";
import { createRedactor, type Redactor } from "../../../src/core/diagnosis/redact.ts";
import { reportMarkdown } from "../../../src/core/diagnosis/reportMarkdown.ts";
import { steps } from "../../../src/core/diagnosis/steps/index.ts";
import { runEmbedding } from "../../../src/core/embedding/runEmbedding.ts";
import { checkHealth } from "../../../src/core/endpoint/checkHealth.ts";
import type { Endpoint } from "../../../src/core/endpoint/endpoint.ts";
import { unknownHealth } from "../../../src/core/endpoint/health.ts";
import type { Credentials } from "../../../src/core/ports.ts";
import { nodeClock } from "../../../src/io/nodeClock.ts";
import type { NodeHttp } from "../../../src/io/nodeHttp.ts";
import { nodeSockets } from "../../../src/io/nodeSockets.ts";
import { openaiGateway } from "../../../src/io/openaiGateway.ts";
import { liveModels } from "../../../src/ui/liveModels.ts";
import { RunSession } from "../../../src/ui/panel/runSession.ts";
import { findingViews, reportUpdate } from "../../../src/ui/panel/views.ts";
import { asked, keyed, unaborted, vaultOf } from "../support/endpoints.ts";

/** What came out, by the way it took. */
export type Shown = Readonly<Record<string, readonly unknown[]>>;

/** Runs chat, embedding, the test ladder, the background check and the models list, as the extension's composition root wires them. */
export async function tryEveryWay(
  endpoint: Endpoint,
  key: string,
  http: NodeHttp,
  credentials: Credentials = keyed(key),
): Promise<Shown> {
  const redactor = createRedactor();
  redactor.know(key);
  return {
    chat: await caught(redactor, () => chat(endpoint, credentials, http, redactor)),
    embedding: await caught(redactor, () => embedding(endpoint, credentials, http, redactor)),
    ladder: await caught(redactor, () => ladder(endpoint, credentials, http, redactor)),
    check: await caught(redactor, async () => [
      redactor.cleanDeep(
        await checkHealth(
          endpoint,
          unknownHealth,
          { httpFor: () => http, vault: vaultOf(credentials), clock: nodeClock },
          unaborted(),
        ),
      ),
    ]),
    models: await caught(redactor, async () => [
      redactor.cleanDeep(await liveModels(endpoint, credentials, http, unaborted())),
    ]),
  };
}

/** What `registerCommands` does with what a handler throws: it is logged with its stack. */
async function caught(
  redactor: Redactor,
  run: () => Promise<readonly unknown[]>,
): Promise<readonly unknown[]> {
  try {
    return await run();
  } catch (error) {
    return ["thrown", redactor.clean(error instanceof Error ? (error.stack ?? "") : String(error))];
  }
}

/** The page's session with everything it was told, and its texts put together as the page does. */
function recordSession(kind: "chat" | "embedding" | "test", redactor: Redactor) {
  const told: unknown[] = [];
  let texts: { answer: string; reasoning: string } = { answer: "", reasoning: "" };
  const head = {
    runId: "1",
    kind,
    endpointName: "Under test",
    baseUrl: "",
    model: "",
    startedAtMs: 0,
    machine: "",
    input: "",
  };
  const session = new RunSession(
    head,
    (name, event) => {
      told.push(event);
      if (name === "run/appended") texts = withAppended(texts, event as Appended);
    },
    redactor,
  );
  return { session, everything: () => [...told, { ...texts }, session.snapshot()] };
}

async function chat(endpoint: Endpoint, credentials: Credentials, http: NodeHttp, redactor: Redactor) {
  const { session, everything } = recordSession("chat", redactor);
  let transcript: Transcript = emptyTranscript;
  const meter = createRunMeter();
  const startMs = nodeClock.now();
  const request = { endpoint, model: "qwen-test", messages: [{ role: "user", content: "hello" }], extra: {} };
  const recorder = createWireRecorder(nodeClock, redactor);
  const way = openaiGateway(recorder.through(http, credentials));
  for await (const event of runChat(request, credentials, way, unaborted())) {
    transcript = foldEvent(transcript, event, nodeClock.now());
    meter.note(event, nodeClock.now());
    session.take(event);
    if (event.kind === "noticed" || event.kind === "ended")
      session.update({ rungs: [], findings: findingViews(transcript.findings, endpoint) });
  }
  const outcome = transcript.outcome;
  session.end({
    state: outcome?.kind ?? "failed",
    ...meter.measured(startMs, nodeClock.now()),
    ...(outcome?.kind === "finished" ? { finishReason: outcome.finishReason } : {}),
  });
  return [...everything(), redactor.cleanDeep(transcript), ...recorder.exchanges().flatMap(wireOf)];
}

/** All that the page can ask for of an exchange. */
function wireOf(exchange: WireExchange): readonly unknown[] {
  const { url, requestHeaders, replyHeaders, fault, events } = exchange;
  return [url, requestHeaders, replyHeaders, fault, events, exchangeText(exchange), eventsText(events)];
}

async function embedding(endpoint: Endpoint, credentials: Credentials, http: NodeHttp, redactor: Redactor) {
  const { session, everything } = recordSession("embedding", redactor);
  const request = { endpoint, model: "qwen-test", input: "hello" };
  const outcome = await runEmbedding(request, credentials, openaiGateway(http), unaborted());
  session.update({
    rungs: [],
    findings: findingViews(outcome.kind === "stopped" ? [] : outcome.findings, endpoint),
  });
  session.end({ state: outcome.kind });
  return [...everything(), redactor.cleanDeep(outcome)];
}

async function ladder(endpoint: Endpoint, credentials: Credentials, http: NodeHttp, redactor: Redactor) {
  const { session, everything } = recordSession("test", redactor);
  const kept: unknown[] = [];
  const subject = { endpoint, credentials, tasks: ["chat" as const], depth: "full" as const, ...asked };
  const ports = { http, sockets: nodeSockets(), clock: nodeClock };
  for await (const report of diagnose(steps, subject, ports, unaborted())) {
    session.update(reportUpdate(report, endpoint, "ended"));
    kept.push(redactor.cleanDeep(report), redactor.clean(reportMarkdown(report)));
  }
  return [...everything(), ...kept];
}
