import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { ChatDraft, DraftProblem } from "../../../core/chat/chatDraft.ts";
import { visibleText } from "../../../core/visible.ts";
import { ActionButton } from "../../parts/ActionButton.tsx";
import type { AskState } from "../../parts/askState.ts";
import type { PageActions } from "../actions.ts";
import type { RunView } from "../state.ts";
import { onSendKey } from "./ComposerForm.tsx";
import { formOf, wholeText, type Form } from "./form.ts";
import { LongTextField } from "./LongTextField.tsx";
import { readForm } from "./readForm.ts";
import { reasonOf } from "./useComposer.ts";
import { useDraftSlot } from "./useDraftSlot.ts";

interface ReplyProps {
  readonly run: RunView;
  readonly actions: PageActions;
  /** All fields are wanted, or something is wrong with one of them. */
  readonly onUnfold: (draft: ChatDraft, problems: readonly DraftProblem[]) => void;
  readonly onEdit: (draft: ChatDraft) => void;
}

/** The next message, and nothing else to fill in. */
export function Reply(props: ReplyProps): JSX.Element {
  const { run } = props;
  const reply = useReply(props);
  const { held } = reply.form.rows[0]?.content ?? { held: [] };
  return (
    <form
      class="composer reply-form"
      ref={reply.element}
      onSubmit={(event) => event.preventDefault()}
      onInput={reply.noteInput}
      onKeyDown={(event) => onSendKey(event, reply.send)}
    >
      <LongTextField
        name="text.0"
        label={l10n.t("Your reply")}
        text={{ text: reply.form.rows[0]?.content.text ?? "", held }}
        placeholder={l10n.t("Ask further")}
        onHold={reply.hold}
      />
      <div class="send-row">
        <ActionButton label={l10n.t("Send")} look="primary" state={reply.state} onPress={reply.send} />
        {run.snapshot.end?.finishReason === "length" && (
          <ActionButton label={l10n.t("Continue")} look="secondary" onPress={reply.goOn} />
        )}
        <ActionButton label={l10n.t("Reply with all fields")} look="quiet" onPress={reply.unfold} />
        <ActionButton label={l10n.t("Edit request")} look="quiet" onPress={reply.edit} />
        <span class="hint">{l10n.t("Ctrl+Enter sends")}</span>
      </div>
      {reply.state?.kind === "refused" && (
        <p class="problem" role="alert">
          {visibleText(reply.state.reason)}
        </p>
      )}
    </form>
  );
}

const blank: ChatDraft = { endpointId: "", model: "", system: "", messages: [], parameters: {}, extra: "" };

interface ReplyModel {
  readonly element: { current: HTMLFormElement | null };
  readonly form: Form;
  readonly state: AskState | undefined;
  readonly noteInput: () => void;
  readonly hold: (change: (held: readonly string[]) => readonly string[]) => void;
  readonly send: () => void;
  readonly goOn: () => void;
  readonly unfold: () => void;
  readonly edit: () => void;
}

function useReply({ run, actions, onUnfold, onEdit }: ReplyProps): ReplyModel {
  const { runId } = run.snapshot.head;
  const slot = `next ${runId}`;
  const element = useRef<HTMLFormElement>(null);
  const [form, setForm] = useState<Form>(() => actions.drafts.get(slot) ?? formOf(blank));
  const { state, follow } = useCourse();
  const current = (): Form => (element.current === null ? form : readForm(element.current, form));
  const kept = useDraftSlot(actions.drafts, slot, current);
  const text = (): string => wholeText(current().rows[0]?.content ?? { text: "", held: [] });
  const hold: ReplyModel["hold"] = (change) => {
    const next = withHeld(current(), change);
    setForm(next);
    kept.note(next);
  };
  const draftWith = async (): Promise<ChatDraft> =>
    withReply(await actions.ask("draft/of", { runId, answer: "with" }), text());
  return {
    ...{ element, form, state, hold, noteInput: kept.noteInput },
    send: () =>
      follow(async () => {
        if (text().trim() === "") {
          throw new Error(l10n.t("Write a message first."));
        }
        const draft = await draftWith();
        const problems = await actions.ask("chat/send", { draft });
        kept.forget();
        if (problems.length > 0) {
          onUnfold(draft, problems);
        }
      }),
    goOn: () => follow(() => actions.ask("run/continue", { runId }).then(() => undefined)),
    unfold: () => follow(async () => onUnfold(await draftWith(), [])),
    edit: () => follow(async () => onEdit(await actions.ask("draft/of", { runId, answer: "without" }))),
  };
}

interface Course {
  readonly state: AskState | undefined;
  /** One at a time. */
  readonly follow: (work: () => Promise<void>) => void;
}

function useCourse(): Course {
  const [state, setState] = useState<AskState>();
  const follow = (work: () => Promise<void>): void => {
    if (state?.kind === "waiting") {
      return;
    }
    setState({ kind: "waiting" });
    work().then(
      () => setState(undefined),
      (error: unknown) => setState({ kind: "refused", reason: reasonOf(error) }),
    );
  };
  return { state, follow };
}

function withReply(draft: ChatDraft, text: string): ChatDraft {
  return { ...draft, messages: [...draft.messages, { role: "user", text, images: [] }] };
}

function withHeld(form: Form, change: (held: readonly string[]) => readonly string[]): Form {
  return {
    ...form,
    rows: form.rows.map((row) => ({ ...row, content: { ...row.content, held: change(row.content.held) } })),
  };
}
