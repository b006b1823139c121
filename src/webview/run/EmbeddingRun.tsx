import { t } from "@vscode/l10n";
import type { JSX } from "preact";
import type { VectorView } from "../../shared/runPanel.ts";
import type { PageActions } from "./actions.ts";
import { Findings } from "./Findings.tsx";
import { formatComponent, formatNumber } from "./format.ts";
import { Input } from "./Input.tsx";
import { Metrics } from "./Metrics.tsx";
import { pageLocale } from "./pageLocale.ts";
import { phaseOf } from "./phase.ts";
import type { RunView } from "./state.ts";
import { VectorStrip } from "./VectorStrip.tsx";

/** A text and the vector it became. */
export function EmbeddingRun({
  run,
  actions,
}: {
  readonly run: RunView;
  readonly actions: PageActions;
}): JSX.Element {
  const { snapshot } = run;
  return (
    <>
      <Input title={t("Text")} text={snapshot.head.input} />
      {phaseOf(snapshot) === "waiting" && <p class="quiet-text">{t("Waiting for the vector…")}</p>}
      {snapshot.vector !== undefined && <Vector vector={snapshot.vector} />}
      <Findings run={run} actions={actions} />
      {snapshot.end !== undefined && <Metrics end={snapshot.end} />}
    </>
  );
}

function Vector({ vector }: { readonly vector: VectorView }): JSX.Element {
  const locale = pageLocale();
  const facts = [
    {
      name: t("Dimensions"),
      value: formatNumber(vector.dimensions, locale),
      definition: t("How many numbers the vector has"),
    },
    {
      name: t("Norm"),
      value: formatComponent(vector.norm),
      definition: t("Length of the vector, the root of the sum of its squares: 1 when the server normalises"),
    },
    { name: t("Minimum"), value: formatComponent(vector.min), definition: t("The smallest of all values") },
    { name: t("Maximum"), value: formatComponent(vector.max), definition: t("The largest of all values") },
    { name: t("Mean"), value: formatComponent(vector.mean), definition: t("The average of all values") },
  ];
  return (
    <section class="vector">
      <h2>{t("Vector")}</h2>
      <dl class="metrics vector-facts">
        {facts.map(({ name, value, definition }) => (
          <div key={name} title={definition}>
            <dt>{name}</dt>
            <dd>{value.trim()}</dd>
          </div>
        ))}
      </dl>
      <h3>{t("First {0} of {1} values", vector.head.length, formatNumber(vector.dimensions, locale))}</h3>
      <VectorStrip values={vector.head} />
      <Components values={vector.head} />
    </section>
  );
}

function Components({ values }: { readonly values: readonly number[] }): JSX.Element {
  return (
    <ol class="components" start={0}>
      {values.map((value, index) => (
        <li key={index}>
          <span class="component-index">{index}</span>
          <span>{formatComponent(value)}</span>
        </li>
      ))}
    </ol>
  );
}
