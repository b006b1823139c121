import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { CompareFields } from "./CompareFields.tsx";
import { EndpointFields } from "./EndpointFields.tsx";
import { ExtraField } from "./ExtraField.tsx";
import { Messages } from "./Messages.tsx";
import { OtherProblems } from "./Problem.tsx";
import { Parameters } from "./Parameters.tsx";
import { SystemField } from "./SystemField.tsx";
import { Thinking } from "./Thinking.tsx";
import { useComposer, type ComposerModel, type ComposerProps } from "./useComposer.ts";

/** All of a chat request, to be edited and sent. */
export function ComposerForm({
  children,
  ...props
}: ComposerProps & { readonly children?: JSX.Element | undefined }): JSX.Element {
  const composer = useComposer(props);
  const { form } = composer;
  return (
    <form
      class="composer"
      ref={composer.element}
      onSubmit={(event) => event.preventDefault()}
      onInput={composer.noteInput}
      onKeyDown={(event) => onSendKey(event, form.targets.length > 0 ? composer.compare : composer.send)}
    >
      <EndpointFields composer={composer} />
      <SystemField composer={composer} />
      <Messages composer={composer} />
      <Parameters composer={composer} />
      <Thinking composer={composer} />
      <ExtraField composer={composer} />
      <CompareFields composer={composer} />
      <OtherProblems composer={composer} />
      <SendRow composer={composer}>{children}</SendRow>
    </form>
  );
}

function SendRow({
  composer,
  children,
}: {
  readonly composer: ComposerModel;
  readonly children: JSX.Element | undefined;
}): JSX.Element {
  const { sending, form, send, compare, keeping } = composer;
  const compares = form.targets.length > 0;
  return (
    <div class="send-row">
      {compares && (
        <ActionButton label={l10n.t("Send to all")} look="primary" state={sending} onPress={compare} />
      )}
      <ActionButton
        label={compares ? l10n.t("Send to the first alone") : l10n.t("Send")}
        look={compares ? "secondary" : "primary"}
        state={sending}
        onPress={send}
      />
      {children}
      <SendHint keeping={keeping} />
    </div>
  );
}

function SendHint({ keeping }: { readonly keeping: "kept" | "too-long" }): JSX.Element {
  return (
    <span class="hint">
      {keeping === "kept"
        ? l10n.t("Ctrl+Enter sends")
        : l10n.t("Ctrl+Enter sends. Too long to be kept when the window loads again.")}
    </span>
  );
}

/** Ctrl+Enter, and ⌘+Enter on a Mac; not while an input method still composes. */
export function onSendKey(event: KeyboardEvent, send: () => void): void {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) {
    event.preventDefault();
    send();
  }
}
