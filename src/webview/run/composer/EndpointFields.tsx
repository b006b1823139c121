import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { EndpointChoice } from "../../../shared/composerViews.ts";
import { visibleId } from "../../../core/visible.ts";
import { describedBy, Problem, type Described } from "./Problem.tsx";
import type { ComposerModel } from "./useComposer.ts";

/** Who is asked. */
export function EndpointFields({ composer }: { readonly composer: ComposerModel }): JSX.Element {
  const { form, endpoints, change } = composer;
  const chosen = endpoints.find(({ id }) => id === form.endpointId);
  const takeUp = (): void => change((now) => now);
  return (
    <div class="field-row">
      <div class="field">
        <label for="composer-endpoint">{l10n.t("Endpoint")}</label>
        <EndpointSelect
          id="composer-endpoint"
          name="endpoint"
          value={form.endpointId}
          endpoints={endpoints}
          described={describedBy({ composer, where: "endpoint" })}
          onChange={takeUp}
        />
        <span class="hint">{visibleId(chosen?.baseUrl ?? "")}</span>
        <Problem composer={composer} where="endpoint" />
      </div>
      <ModelField composer={composer} placeholder={ownModel(chosen)} onChange={takeUp} />
    </div>
  );
}

function ModelField({
  composer,
  placeholder,
  onChange,
}: {
  readonly composer: ComposerModel;
  readonly placeholder: string;
  readonly onChange: () => void;
}): JSX.Element {
  const { form, description } = composer;
  return (
    <div class="field">
      <label for="composer-model">{l10n.t("Model")}</label>
      <input
        id="composer-model"
        type="text"
        name="model"
        list="composer-models"
        autocomplete="off"
        spellcheck={false}
        class="mono"
        defaultValue={form.model}
        placeholder={placeholder}
        onChange={onChange}
        {...describedBy({ composer, where: "model" })}
      />
      <datalist id="composer-models">
        {description.models.map((model) => (
          <option key={model} value={model} />
        ))}
      </datalist>
      <span class="hint">{description.serverName}</span>
      <Problem composer={composer} where="model" />
    </div>
  );
}

/** What an empty field for the model means. */
export function ownModel(endpoint: EndpointChoice | undefined): string {
  return endpoint === undefined || endpoint.model === ""
    ? l10n.t("found out when it is sent")
    : visibleId(endpoint.model);
}

export function EndpointSelect({
  endpoints,
  value,
  described,
  ...rest
}: {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly endpoints: readonly EndpointChoice[];
  readonly described?: Described;
  readonly onChange: () => void;
}): JSX.Element {
  const isKnown = endpoints.some(({ id }) => id === value);
  return (
    <select {...rest} {...described} value={value}>
      {!isKnown && <option value={value}>{value === "" ? l10n.t("No endpoint") : visibleId(value)}</option>}
      {endpoints.map(({ id, name }) => (
        <option key={id} value={id}>
          {visibleId(name)}
        </option>
      ))}
    </select>
  );
}
