/** What the page's buttons beside an answer do: they put it, or code of it, into an editor. What can not be done the page is told, beside the button. */

import * as vscode from "vscode";

import type { Redactor } from "../../core/diagnosis/redact.ts";
import { insertAtCursor, offerToReplace, openAsDocument, type PutText } from "../editor/putAnswer.ts";
import { LastEditor } from "../editor/lastEditor.ts";
import { ReplacePreview } from "../editor/replacePreview.ts";
import { Notice } from "../notice.ts";
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
    "answer/put": async (asked) => {
      const controls = controlsOf(asked.runId);
      const put = putText(asked, controls, redactor);
      if (put.text === "") {
        throw new Notice(vscode.l10n.t("There is no text to put into an editor."));
      }
      switch (asked.into) {
        case "cursor":
          await insertAtCursor(put, last);
          break;
        case "document":
          await openAsDocument(put, last);
          break;
        case "selection": {
          const offered = await offerToReplace(put, controls?.origin, last, preview);
          // The page need not wait until the person has looked at the difference.
          inBackground(offered.decided);
        }
      }
      return null;
    },
  });
}

type Asked = Parameters<AnswerHandlers["answer/put"]>[0];

function putText({ text, language }: Asked, controls: ReturnType<ControlsOf>, redactor: Redactor): PutText {
  return {
    text: redactor.clean(text ?? controls?.copyText() ?? ""),
    is: text === undefined ? "answer" : "part",
    language,
  };
}
