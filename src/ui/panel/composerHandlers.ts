/** What the composer asks of the extension. */

import type { ChatDraft } from "../../core/chat/chatDraft.ts";
import type { RunDependencies } from "../runs/runDependencies.ts";
import type { ComposerHandlers, ControlsOf } from "./panelDoors.ts";

export function composerHandlers(controlsOf: ControlsOf, { store }: RunDependencies): ComposerHandlers {
  return {
    "draft/of": ({ runId, answer }) =>
      Promise.resolve(
        (runId === undefined ? undefined : controlsOf(runId)?.draft?.(answer)) ??
          newDraft(store.endpoints()[0]?.id ?? ""),
      ),
    "chat/send": () => Promise.resolve([]),
    "chat/compare": () => Promise.resolve([]),
    "endpoints/list": () =>
      Promise.resolve(
        store
          .endpoints()
          .map(({ id, name, baseUrl, models }) => ({ id, name, baseUrl, model: models.chat ?? "" })),
      ),
    "endpoint/describe": () => Promise.resolve({ serverName: "", models: [], parameters: [], thinking: [] }),
    "image/pick": () => Promise.resolve([]),
    "image/add": () => Promise.reject(new Error("no images yet")),
    "run/continue": ({ runId }) => {
      controlsOf(runId)?.continueAnswer?.();
      return Promise.resolve(null);
    },
  };
}

function newDraft(endpointId: string): ChatDraft {
  return { endpointId, model: "", system: "", messages: [], parameters: {}, extra: "" };
}
