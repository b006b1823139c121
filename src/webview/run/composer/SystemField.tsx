import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { wholeText } from "./form.ts";
import { LongTextField } from "./LongTextField.tsx";
import { describedBy, Problem } from "./Problem.tsx";
import type { ComposerModel } from "./useComposer.ts";

/** Unfolded from the start where there is one. */
export function SystemField({ composer }: { readonly composer: ComposerModel }): JSX.Element {
  const { form, change } = composer;
  const [isOpen] = useState(wholeText(form.system) !== "");
  return (
    <details class="part" open={isOpen}>
      <summary>{l10n.t("System prompt")}</summary>
      <LongTextField
        name="system"
        label={l10n.t("System prompt")}
        text={form.system}
        placeholder={l10n.t("How the model should answer")}
        described={describedBy({ composer, where: "system" })}
        onHold={(update) =>
          change((now) => ({ ...now, system: { ...now.system, held: update(now.system.held) } }))
        }
      />
      <Problem composer={composer} where="system" />
    </details>
  );
}
