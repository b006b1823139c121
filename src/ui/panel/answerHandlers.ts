/** What the page's buttons beside an answer do: they put it, or code of it, into an editor. */

import type { Redactor } from "../../core/diagnosis/redact.ts";
import { insertAtCursor, openAsDocument, type PutText, replaceSelection } from "../editor/putAnswer.ts";
import { LastEditor } from "../editor/lastEditor.ts";
import { ReplacePreview } from "../editor/replacePreview.ts";
import type { AnswerHandlers, ControlsOf, PanelDoors } from "./panelDoors.ts";

interface AnswerDependencies {
  readonly redactor: Redactor;
  /** Lets work go on by itself; what it throws is told to the person. */
  readonly inBackground: (work: Promise<unknown>) => void;
  readonly subscriptions: { dispose(): unknown }[];
}

/** From now on the editor used last is known. */
export function answerDoor({
  redactor,
  inBackground,
  subscriptions,
}: AnswerDependencies): PanelDoors["answer"] {
  const last = new LastEditor();
  const preview = new ReplacePreview();
  subscriptions.push(last, preview);
  return (controlsOf) => ({
    "answer/put": (asked) => {
      const controls = controlsOf(asked.runId);
      const put = putText(asked, controlsOf, redactor);
      if (put.text !== "") {
        const ways = {
          cursor: () => insertAtCursor(put, last),
          selection: () => replaceSelection(put, controls?.origin, last, preview),
          document: () => openAsDocument(put),
        };
        // Not awaited: the page need not wait until the person has looked at a difference.
        inBackground(ways[asked.into]());
      }
      return Promise.resolve(null);
    },
  });
}

type Asked = Parameters<AnswerHandlers["answer/put"]>[0];

function putText({ runId, text, language }: Asked, controlsOf: ControlsOf, redactor: Redactor): PutText {
  const whole = controlsOf(runId)?.copyText() ?? "";
  return {
    text: redactor.clean(text ?? whole),
    is: text === undefined ? "answer" : "part",
    language,
  };
}
