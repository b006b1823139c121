import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ChatDraft } from "../../../core/chat/chatDraft.ts";
import { visibleText } from "../../../core/visible.ts";
import type { PageActions } from "../actions.ts";
import { Input } from "../Input.tsx";
import type { RunView } from "../state.ts";
import { roleLabel } from "./MessageFields.tsx";
import { reasonOf } from "./useComposer.ts";

/** Characters of a turn that are shown; the composer has all of it. */
const longestTurn = 20_000;

/** What was said before the last question, asked of the extension when it is first looked at. */
export function EarlierTurns({
  run,
  actions,
}: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element | null {
  const { runId } = run.snapshot.head;
  const [asked, setAsked] = useState<ChatDraft | string>();
  useEffect(() => {
    actions
      .ask("draft/of", { runId, answer: "without" })
      .then(setAsked, (error: unknown) => setAsked(reasonOf(error)));
  }, [runId]);
  if (asked === undefined || typeof asked === "string") {
    return asked === undefined ? null : (
      <p class="problem" role="alert">
        {visibleText(asked)}
      </p>
    );
  }
  return (
    <div class="turns">
      {asked.system !== "" && <Input title={l10n.t("System prompt")} text={cut(asked.system)} />}
      {turnsOf(asked).map(({ role, text, rest }, index) => (
        <Input
          key={index}
          title={roleLabel(role)}
          text={cut(text === "" ? JSON.stringify(rest ?? "") : text)}
        />
      ))}
    </div>
  );
}

/** All but the last question, which stands below. */
function turnsOf({ messages }: ChatDraft): ChatDraft["messages"] {
  const last = messages.findLastIndex(({ role }) => role === "user");
  return messages.filter((_, index) => index !== last);
}

function cut(text: string): string {
  return text.length <= longestTurn
    ? text
    : `${text.slice(0, longestTurn)}\n${l10n.t("… and {0} more characters", text.length - longestTurn)}`;
}
