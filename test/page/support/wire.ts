import type { RunWire, WireEvent, WireExchange } from "../../../src/core/chat/runWire.ts";
import type { SdkReading } from "../../../src/core/chat/sdkReading.ts";
import { createRedactor } from "../../../src/core/diagnosis/redact.ts";
import type { WireHandlers } from "../../../src/ui/panel/panelDoors.ts";
import { wireHandlers } from "../../../src/ui/panel/wireHandlers.ts";

/** The host's own handlers for a run that kept these bytes, and what they copied. */
export function keptBytes(
  exchanges: readonly WireExchange[],
  reading?: SdkReading,
  runIds: readonly string[] = ["run-1"],
): { readonly handlers: WireHandlers; readonly copied: readonly string[] } {
  const copied: string[] = [];
  const wire: RunWire = {
    exchanges: () => exchanges,
    bytes: () => 0,
    drop: () => undefined,
    sdkReading: () => Promise.resolve(reading),
  };
  const controls = {
    wire,
    stop: () => undefined,
    again: () => undefined,
    copyText: () => "",
    applyFix: () => Promise.resolve(),
  };
  const copy = (text: string): Promise<void> => Promise.resolve(void copied.push(text));
  const handlers = wireHandlers((runId) => (runIds.includes(runId) ? controls : undefined), {
    redactor: createRedactor(),
    copy,
  });
  return { handlers, copied };
}

const chunk = (delta: object, index: number): string =>
  JSON.stringify({
    id: "chatcmpl-3f1c0c7a9b7e4c55a1d2e3f405162738",
    object: "chat.completion.chunk",
    created: 1_763_700_000 + index,
    model: "Qwen3-8B",
    choices: [{ index: 0, delta, finish_reason: null }],
  });

const words = ["The", " sky", " is", " blue", " because", " air", " scatters", " short", " wavelengths", "."];

/** A stream as a server with a keep-alive sends it: reasoning, then the answer. */
export const someEvents: readonly WireEvent[] = [
  { atMs: 182.4, kind: "comment", text: " keep-alive" },
  ...words.map((word, index) => ({
    atMs: 214.4 + index * 17.3 + (index % 3) * 40.9,
    kind: "data" as const,
    text: chunk(index < 3 ? { reasoning_content: word } : { content: word }, index),
  })),
  { atMs: 480.1, kind: "data", name: "error", text: '{"error":{"message":"The request queue is full."}}' },
  { atMs: 480.3, kind: "data", text: "[DONE]" },
  { atMs: 481, kind: "end", text: "" },
];

export function anExchange(changes: Partial<WireExchange> = {}): WireExchange {
  const events = changes.events ?? someEvents;
  return {
    method: "POST",
    url: "http://localhost:30000/v1/chat/completions",
    requestHeaders: {
      accept: "application/json",
      "content-type": "application/json",
      authorization: "Bearer •••",
      "user-agent": "OpenAI/JS 7.55.0",
    },
    requestBody:
      '{"model":"Qwen3-8B","messages":[{"role":"user","content":"Why is the sky blue?"}],"stream":true}',
    requestCut: 0,
    status: 200,
    replyHeaders: { "content-type": "text/event-stream; charset=utf-8", server: "uvicorn" },
    replyBody: events.map(({ text }) => `data: ${text}\n\n`).join(""),
    replyCut: 0,
    fault: undefined,
    durationMs: 481,
    events,
    ...changes,
  };
}

export const modelsExchange: WireExchange = anExchange({
  method: "GET",
  url: "http://localhost:30000/v1/models",
  requestBody: "",
  replyHeaders: { "content-type": "application/json" },
  replyBody: '{"data":[{"id":"Qwen3-8B"}]}',
  durationMs: 4.2,
  events: [],
});

export const aReading: SdkReading = {
  client: "openai 7.55.0",
  got: { kind: "text", answer: " blue because air", reasoning: "The sky is", chunks: 10 },
  differences: [
    "The reasoning comes in `reasoning_content`, a field that the SDK does not type: only a program that asks for it by name gets it.",
  ],
  differs: "result",
};
