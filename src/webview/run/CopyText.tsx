import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ActionButton } from "../parts/ActionButton.tsx";
import type { AskState } from "../parts/askState.ts";

interface CopyTextProps {
  readonly label: string;
  readonly text: string;
  readonly look?: "secondary" | "quiet";
  readonly onCopy: (text: string) => Promise<void>;
}

/** Milliseconds for which the button says that it has. */
const confirmationMs = 2_000;

/** Copies a text, and says for a moment that it has. */
export function CopyText({ label, text, look = "quiet", onCopy }: CopyTextProps): JSX.Element {
  const [state, setState] = useState<AskState>();
  useEffect(() => {
    const timer = setTimeout(() => setState(undefined), confirmationMs);
    return () => clearTimeout(timer);
  }, [state]);
  const press = (): void => {
    onCopy(text).then(
      () => setState({ kind: "done" }),
      () => setState({ kind: "refused", reason: l10n.t("Not copied") }),
    );
  };
  const shown = state?.kind === "refused" ? state.reason : label;
  return (
    <ActionButton
      label={state?.kind === "done" ? l10n.t("Copied") : shown}
      icon="copy"
      look={look}
      state={state}
      onPress={press}
    />
  );
}
