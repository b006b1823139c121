/** What the composer asks of the extension. */

import * as vscode from "vscode";

import type { ChatDraft, DraftProblem } from "../../core/chat/chatDraft.ts";
import { readDraft, type ReadDraft } from "../../core/chat/readDraft.ts";
import type { Redactor } from "../../core/diagnosis/redact.ts";
import type { Endpoint } from "../../core/endpoint/endpoint.ts";
import type { CompareTarget, EndpointDescription } from "../../shared/composerViews.ts";
import { chatRun } from "../runs/chatRun.ts";
import { compareRun } from "../runs/compareRun.ts";
import { knownServer } from "../runs/knownServer.ts";
import type { RunDependencies } from "../runs/runDependencies.ts";
import { EndpointDescriptions } from "./describeEndpoint.ts";
import { HeldImages } from "./heldImages.ts";
import { readPageDraft, readTargets } from "./pageDraft.ts";
import type { ComposerHandlers, ControlsOf } from "./panelDoors.ts";
import { pickImages } from "./pickImages.ts";

export interface ComposerDependencies extends RunDependencies {
  readonly redactor: Redactor;
}

/** The handlers of a panel. All panels share the images, so that a run can be edited in another than it began in. */
export function composerDoor(
  dependenciesOf: () => ComposerDependencies,
): (controlsOf: ControlsOf) => ComposerHandlers {
  const images = new HeldImages();
  return (controlsOf) => composerHandlers(controlsOf, images, dependenciesOf());
}

function composerHandlers(
  controlsOf: ControlsOf,
  images: HeldImages,
  dependencies: ComposerDependencies,
): ComposerHandlers {
  const { store, redactor } = dependencies;
  const descriptions = new EndpointDescriptions(dependencies);
  return {
    "draft/of": ({ runId, answer }) => {
      const draft = runId === undefined ? undefined : controlsOf(runId)?.draft?.(answer);
      return Promise.resolve(redactor.cleanDeep(draft ?? newDraft(store.endpoints()[0]?.id ?? "")));
    },
    "chat/send": ({ draft }) => Promise.resolve(send(readPageDraft(draft), images, dependencies)),
    "chat/compare": ({ draft, targets }) =>
      Promise.resolve(compare(readPageDraft(draft), readTargets(targets), images, dependencies)),
    "endpoints/list": () =>
      Promise.resolve(
        store
          .endpoints()
          .map(({ id, name, baseUrl, models }) => ({ id, name, baseUrl, model: models.chat ?? "" })),
      ),
    "endpoint/describe": ({ endpointId }) => {
      const endpoint = store.endpoint(endpointId);
      return endpoint === undefined ? Promise.resolve(nothingKnown) : descriptions.of(endpoint);
    },
    "image/pick": () => pickImages(images),
    "image/add": ({ name, base64 }) => Promise.resolve(images.add(name, Buffer.from(base64, "base64"))),
    "run/continue": ({ runId }) => {
      controlsOf(runId)?.continueAnswer?.();
      return Promise.resolve(null);
    },
  };
}

const nothingKnown: EndpointDescription = { serverName: "", models: [], parameters: [], thinking: [] };

function newDraft(endpointId: string): ChatDraft {
  return { endpointId, model: "", system: "", messages: [], parameters: {}, extra: "" };
}

function send(
  draft: ChatDraft,
  images: HeldImages,
  dependencies: ComposerDependencies,
): readonly DraftProblem[] {
  const endpoint = dependencies.store.endpoint(draft.endpointId);
  if (endpoint === undefined) {
    return [noSuchEndpoint()];
  }
  const read = readFor(draft, endpoint, images, dependencies);
  if (read.kind === "refused") {
    return read.problems;
  }
  const model = draft.model === "" ? undefined : draft.model;
  const asked = { endpoint, model, ...read.request, askedBy: "command", draft } as const;
  dependencies.inBackground(chatRun(asked, dependencies));
  return [];
}

function compare(
  draft: ChatDraft,
  targets: readonly CompareTarget[],
  images: HeldImages,
  dependencies: ComposerDependencies,
): readonly DraftProblem[] {
  const { store } = dependencies;
  const found = targets.flatMap(({ endpointId, model }) => {
    const endpoint = store.endpoint(endpointId);
    return endpoint === undefined ? [] : [{ endpoint, model: model === "" ? undefined : model }];
  });
  const [first] = found;
  if (first === undefined || found.length < targets.length) {
    return [noSuchEndpoint()];
  }
  const read = readFor(draft, first.endpoint, images, dependencies);
  if (read.kind === "refused") {
    return read.problems;
  }
  const request = { ...read.request, askedBy: "command", draft } as const;
  dependencies.inBackground(compareRun(found, request, dependencies));
  return [];
}

function readFor(
  draft: ChatDraft,
  endpoint: Endpoint,
  images: HeldImages,
  dependencies: ComposerDependencies,
): ReadDraft {
  return readDraft(draft, endpoint, knownServer(dependencies, endpoint), (id) => images.get(id));
}

function noSuchEndpoint(): DraftProblem {
  return {
    where: "endpoint",
    text: vscode.l10n.t("This endpoint is not in the settings any more. Choose another."),
  };
}
