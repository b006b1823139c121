import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ParameterSpec } from "../../../core/servers/chatParameters.ts";
import { ParameterField } from "./ParameterField.tsx";
import type { ComposerModel } from "./useComposer.ts";

/** What the server lets one set. What was typed for another server stays in sight. */
export function Parameters({ composer }: { readonly composer: ComposerModel }): JSX.Element | null {
  const { description, form } = composer;
  const common = description.parameters.filter(({ shown }) => shown === "common");
  const further = description.parameters.filter(({ shown }) => shown === "further");
  const [isOpen] = useState(further.some(({ name }) => isTyped(composer, name)));
  const known = new Set(description.parameters.map(({ name }) => name));
  const unknown = Object.keys(form.parameters).filter((name) => !known.has(name) && isTyped(composer, name));
  return (
    <>
      {common.length + unknown.length > 0 && (
        <section class="part">
          <h2>{l10n.t("Parameters")}</h2>
          <Fields composer={composer} specs={common} />
          {unknown.length > 0 && (
            <Fields composer={composer} specs={unknown.map((name) => specOrText(composer, name))} isForeign />
          )}
        </section>
      )}
      {further.length > 0 && (
        <details class="part" open={isOpen}>
          <summary>{l10n.t("More parameters")}</summary>
          <Fields composer={composer} specs={further} />
        </details>
      )}
    </>
  );
}

function isTyped({ form }: ComposerModel, name: string): boolean {
  return (form.parameters[name] ?? "").trim() !== "";
}

function specOrText({ specOf }: ComposerModel, name: string): ParameterSpec {
  return specOf(name) ?? { name, value: { kind: "text" }, shown: "common" };
}

function Fields({
  composer,
  specs,
  isForeign = false,
}: {
  readonly composer: ComposerModel;
  readonly specs: readonly ParameterSpec[];
  readonly isForeign?: boolean;
}): JSX.Element {
  return (
    <div class="parameters">
      {specs.map((spec) => (
        <ParameterField
          key={`${spec.name} ${spec.value.kind}`}
          composer={composer}
          spec={spec}
          isForeign={isForeign}
        />
      ))}
    </div>
  );
}
