import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ParameterSpec } from "../../../core/servers/chatParameters.ts";
import { visibleId } from "../../../core/visible.ts";
import { JsonField } from "./JsonField.tsx";
import { hintOf, valueOfText } from "./parameterText.ts";
import { describedBy, Problem, type Described } from "./Problem.tsx";
import { parameterField } from "./readForm.ts";
import type { ComposerModel } from "./useComposer.ts";

interface ParameterFieldProps {
  readonly composer: ComposerModel;
  readonly spec: ParameterSpec;
  /** Typed for another server. */
  readonly isForeign: boolean;
}

/** One field of the body under its name there. Empty: not sent. */
export function ParameterField({ composer, spec, isForeign }: ParameterFieldProps): JSX.Element {
  const { name } = spec;
  const id = `parameter-${name}`;
  const hint = isForeign ? l10n.t("Not known by this server") : hintOf(spec);
  const hintId = hint === "" ? undefined : `hint-${name}`;
  return (
    <div class={spec.value.kind === "json" ? "field wide" : "field"}>
      <label class="mono" for={id}>
        {visibleId(name)}
      </label>
      <Control composer={composer} spec={spec} id={id} hintId={hintId} />
      {hintId !== undefined && (
        <span class={isForeign ? "hint foreign" : "hint"} id={hintId}>
          {hint}
        </span>
      )}
      <Problem composer={composer} where={name} />
    </div>
  );
}

interface ControlProps {
  readonly composer: ComposerModel;
  readonly spec: ParameterSpec;
  readonly id: string;
  readonly hintId: string | undefined;
}

function Control({ composer, spec, id, hintId }: ControlProps): JSX.Element {
  const { name, value, byDefault } = spec;
  const [initial] = useState(composer.form.parameters[name] ?? "");
  const check = (text: string): string | undefined =>
    text.trim() === "" ? undefined : valueOfText(text, spec).problem;
  const tell = (problem: string | undefined): void => composer.tell(name, problem);
  const described = describedBy({ composer, where: name }, hintId);
  const common = { id, name: parameterField(name), ...described };
  switch (value.kind) {
    case "choice":
      return <Choice {...common} of={value.of} value={initial} />;
    case "boolean":
      return <Choice {...common} of={["true", "false"]} value={initial} />;
    case "json":
      return <JsonField {...common} label={name} text={initial} described={described} {...{ tell, check }} />;
    case "texts":
      return <textarea {...common} class="grows mono" rows={1} defaultValue={initial} />;
    default:
      return (
        <input
          {...common}
          type="text"
          class="mono"
          inputMode={value.kind === "number" ? "decimal" : value.kind === "integer" ? "numeric" : "text"}
          autocomplete="off"
          spellcheck={false}
          defaultValue={initial}
          placeholder={byDefault === undefined ? "" : String(byDefault)}
          onInput={(event) => tell(check(event.currentTarget.value))}
        />
      );
  }
}

function Choice({
  of,
  value,
  ...rest
}: Described & {
  readonly id: string;
  readonly name: string;
  readonly of: readonly string[];
  readonly value: string;
}): JSX.Element {
  const values = value === "" || of.includes(value) ? of : [value, ...of];
  return (
    <select {...rest} class="mono">
      <option value="" selected={value === ""}>
        {l10n.t("not sent")}
      </option>
      {values.map((each) => (
        <option key={each} value={each} selected={each === value}>
          {visibleId(each)}
        </option>
      ))}
    </select>
  );
}
