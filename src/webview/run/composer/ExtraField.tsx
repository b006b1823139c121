import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { JsonField } from "./JsonField.tsx";
import { problemOfExtra } from "./parameterText.ts";
import { describedBy, Problem } from "./Problem.tsx";
import type { ComposerModel } from "./useComposer.ts";

/** What no field is there for. */
export function ExtraField({ composer }: { readonly composer: ComposerModel }): JSX.Element {
  const [isOpen] = useState(composer.form.extra !== "");
  return (
    <details class="part" open={isOpen}>
      <summary>{l10n.t("Extra JSON")}</summary>
      <JsonField
        name="extra"
        label={l10n.t("Extra JSON")}
        text={composer.form.extra}
        placeholder={'{ "chat_template_kwargs": {} }'}
        described={describedBy({ composer, where: "extra" }, "extra-hint")}
        tell={(problem) => composer.tell("extra", problem)}
        check={problemOfExtra}
      />
      <Problem composer={composer} where="extra" />
      <p class="hint" id="extra-hint">
        {l10n.t("A JSON object, merged into the top level of the request body.")}
      </p>
    </details>
  );
}
