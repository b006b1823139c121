/** What a person reads when the server is there, but not in a state to work. */

import * as l10n from "@vscode/l10n";

import type { AreaTexts } from "./findingText.ts";

export const serverTexts: AreaTexts<"server"> = {
  "server.loading": {
    title: () => l10n.t("The server is still loading the model"),
    explanation: () =>
      l10n.t(
        'The server runs, but its model is not ready; llama.cpp says "Loading model" until then, and large models take minutes. Wait and test again. When it never ends, the server\'s log shows how far it came.',
      ),
  },
  "server.unhealthy": {
    title: () => l10n.t("The server says it is not ready"),
    explanation: () =>
      l10n.t(
        "The server answered 503. On SGLang this means that it is starting, shutting down or stuck; on vLLM that its engine has died; behind a proxy that no server is available. Test again in a minute, and restart the server when its log shows no progress.",
      ),
  },
  "server.overloaded": {
    title: () => l10n.t("The server is overloaded"),
    explanation: () =>
      l10n.t(
        'The server turned the request away because its queue is full or every slot is busy ("The request queue is full." on SGLang, "Model is overloaded" on TEI), or because the memory left does not hold the model (Ollama, LM Studio). Send fewer requests at once and repeat after a pause, and for lack of memory unload other models or take a smaller one. When there is memory to spare, raise --max-queued-requests (SGLang), --max-concurrent-requests (TEI) or OLLAMA_MAX_QUEUE (Ollama).',
      ),
  },
  "server.crashed": {
    title: () => l10n.t("The inference engine has crashed"),
    explanation: () =>
      l10n.t(
        "The web part of the server still answers, but the engine behind it has died or the GPU reported an error, often for lack of memory. Restart the server; against lack of memory lower --max-model-len or --gpu-memory-utilization (vLLM), --context-length or --mem-fraction-static (SGLang).",
      ),
  },
  "server.no-upstream": {
    title: () => l10n.t("The gateway has no model server behind it"),
    explanation: () =>
      l10n.t(
        "The gateway answers, but none of the model servers behind it is available: they are down, fail their health checks or are not registered. Start one and check the gateway's list of servers; on Kubernetes check that the pods are ready and that the service selects them.",
      ),
  },
  "server.exposes-key": {
    title: () => l10n.t("The server can show its keys to callers"),
    explanation: () =>
      l10n.t(
        "SGLang writes its API key and admin key in clear text into /server_info (older versions /get_server_info), so whoever may read that page can read the keys. Block the path in the proxy in front of the server, and keep the server off public networks. This check never reads that page.",
      ),
  },
};
