import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { ActionButton } from "../../parts/ActionButton.tsx";
import { EndpointSelect, ownModel } from "./EndpointFields.tsx";
import { nextKey, type Form, type TargetRow } from "./form.ts";
import { IconButton } from "./IconButton.tsx";
import { Problem } from "./Problem.tsx";
import type { ComposerModel } from "./useComposer.ts";

const mostTargets = 3;

/** Whom else to ask the same. */
export function CompareFields({ composer }: { readonly composer: ComposerModel }): JSX.Element {
  const { form, change } = composer;
  const { targets } = form;
  const add = (): void =>
    change((now) => ({ ...now, targets: [...now.targets, addedTarget(composer, now)] }));
  return (
    <section class="part compare">
      {targets.length > 0 && <h2>{l10n.t("Compare with")}</h2>}
      {targets.map((target, index) => (
        <TargetFields key={target.key} composer={composer} target={target} number={index + 1} />
      ))}
      {targets.length < mostTargets && (
        <ActionButton
          label={targets.length === 0 ? l10n.t("Compare with…") : l10n.t("Add another")}
          look="secondary"
          onPress={add}
        />
      )}
      <Problem composer={composer} where="targets" />
    </section>
  );
}

/** An endpoint that is not asked yet, if there is one. */
function addedTarget({ endpoints }: ComposerModel, { endpointId, targets }: Form): TargetRow {
  const asked = new Set([endpointId, ...targets.map((target) => target.endpointId)]);
  const free = endpoints.find(({ id }) => !asked.has(id));
  return { key: nextKey(targets), endpointId: free?.id ?? endpointId, model: "" };
}

function TargetFields({
  composer,
  target,
  number,
}: {
  readonly composer: ComposerModel;
  readonly target: TargetRow;
  readonly number: number;
}): JSX.Element {
  const { endpoints, change } = composer;
  const id = `target-${target.key}`;
  const remove = (): void =>
    change((now) => ({ ...now, targets: now.targets.filter(({ key }) => key !== target.key) }));
  return (
    <div class="target">
      <label class="sr-only" for={id}>
        {l10n.t("Endpoint {0} to compare with", number)}
      </label>
      <EndpointSelect
        id={id}
        name={`target.endpoint.${target.key}`}
        value={target.endpointId}
        endpoints={endpoints}
        onChange={() => change((now) => now)}
      />
      <input
        type="text"
        class="mono"
        name={`target.model.${target.key}`}
        aria-label={l10n.t("Model {0} to compare with", number)}
        autocomplete="off"
        spellcheck={false}
        defaultValue={target.model}
        placeholder={ownModel(endpoints.find((each) => each.id === target.endpointId))}
      />
      <IconButton icon="remove" label={l10n.t("Do not compare with {0}", number)} onPress={remove} />
    </div>
  );
}
