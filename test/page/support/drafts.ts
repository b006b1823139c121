import type { ChatDraft } from "../../../src/core/chat/chatDraft.ts";
import { parametersOf, thinkingOf } from "../../../src/core/servers/parametersOf.ts";
import type { ServerId } from "../../../src/core/servers/serverId.ts";
import type { EndpointChoice, EndpointDescription } from "../../../src/shared/composerViews.ts";
import type { RunPageOptions } from "./runPage.ts";

export const blankDraft: ChatDraft = {
  endpointId: "gpu",
  model: "",
  system: "",
  messages: [],
  parameters: {},
  extra: "",
};

export const conversation: ChatDraft = {
  ...blankDraft,
  system: "Answer briefly.",
  messages: [
    {
      role: "user",
      text: "What is in the picture?",
      images: [{ id: "i1", name: "cat.png", mime: "image/png", bytes: 48_213 }],
    },
    { role: "assistant", text: "A cat.", images: [], rest: { tool_calls: [{ id: "c1" }] } },
    { role: "user", text: "And its colour?", images: [] },
  ],
  parameters: { temperature: 0.7, stop: ["END"], tools: [{ type: "function" }] },
  thinking: { kind: "budget", tokens: 512 },
  extra: '{ "user": "me" }',
};

const endpoints: readonly EndpointChoice[] = [
  { id: "gpu", name: "SGLang on the GPU box", baseUrl: "http://gpu.invalid:30000/v1", model: "Qwen3-8B" },
  { id: "cloud", name: "Model Studio", baseUrl: "https://cloud.invalid/v1", model: "" },
];

function describes(server: ServerId, models: readonly string[] = []): EndpointDescription {
  return {
    serverName: server,
    models,
    parameters: parametersOf(server, "openai"),
    thinking: thinkingOf(server)?.kinds ?? [],
  };
}

/** Two endpoints: an SGLang, and a DashScope that knows other parameters. */
export const twoEndpoints: RunPageOptions["handlers"] & object = {
  "endpoints/list": () => Promise.resolve(endpoints),
  "endpoint/describe": ({ endpointId }) =>
    Promise.resolve(
      endpointId === "gpu" ? describes("sglang", ["Qwen3-8B", "Qwen3-VL"]) : describes("dashscope"),
    ),
};
