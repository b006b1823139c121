/** An answer, or code of it, on its way into an editor. */

import type { AnswerHandlers, ControlsOf } from "./panelDoors.ts";

export function answerHandlers(_controlsOf: ControlsOf): AnswerHandlers {
  return { "answer/put": () => Promise.resolve(null) };
}
