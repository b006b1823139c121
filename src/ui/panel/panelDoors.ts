/** What a panel's page may ask beyond its run, built from what the panel does not know: endpoints, editors, files. */

import type { RequestHandlers } from "../../shared/link.ts";
import type { RunPanelContract } from "../../shared/runPanel.ts";
import type { RunControls } from "./runPanel.ts";

type Handlers = RequestHandlers<RunPanelContract>;

/** The controls of a run of this panel; undefined for one that it does not hold (any more). */
export type ControlsOf = (runId: string) => RunControls | undefined;

export type ComposerHandlers = Pick<
  Handlers,
  | "draft/of"
  | "chat/send"
  | "chat/compare"
  | "endpoints/list"
  | "endpoint/describe"
  | "image/pick"
  | "image/add"
  | "run/continue"
>;
export type WireHandlers = Pick<
  Handlers,
  "wire/summary" | "wire/body" | "wire/events" | "wire/copy" | "sdk/reading"
>;
export type AnswerHandlers = Pick<Handlers, "answer/put">;

export interface PanelDoors {
  composer(controlsOf: ControlsOf): ComposerHandlers;
  wire(controlsOf: ControlsOf): WireHandlers;
  answer(controlsOf: ControlsOf): AnswerHandlers;
}
