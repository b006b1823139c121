import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import type { VectorView } from "../../shared/runPanel.ts";
import type { PageActions } from "./actions.ts";
import { Findings } from "./Findings.tsx";
import { formatComponent, formatNumber } from "../parts/format.ts";
import { Input } from "./Input.tsx";
import type { Metric } from "./metricsOf.ts";
import { Metrics } from "./Metrics.tsx";
import { pageLocale } from "../parts/pageLocale.ts";
import { phaseOf } from "./phase.ts";
import type { RunView } from "./state.ts";
import { VectorStrip } from "./VectorStrip.tsx";
import { WireView } from "./wire/WireView.tsx";

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
      <Input title={l10n.t("Text")} text={snapshot.head.input} />
      {phaseOf(snapshot) === "waiting" && <p class="quiet-text">{l10n.t("Waiting for the vector…")}</p>}
      {snapshot.vector !== undefined && <Vector vector={snapshot.vector} />}
      <Findings run={run} actions={actions} />
      {snapshot.end !== undefined && <Metrics end={snapshot.end} />}
      <WireView run={run} actions={actions} />
    </>
  );
}

function Vector({ vector }: { readonly vector: VectorView }): JSX.Element {
  const locale = pageLocale();
  return (
    <section class="vector">
      <h2>{l10n.t("Vector")}</h2>
      <dl class="metrics vector-facts">
        {factsOf(vector, locale).map(({ name, value, definition }) => (
          <div key={name} title={definition}>
            <dt>{name}</dt>
            <dd>{value.trim()}</dd>
          </div>
        ))}
      </dl>
      <h3>
        {l10n.t("First {0} of {1} values", vector.head.length, formatNumber(vector.dimensions, locale))}
      </h3>
      <VectorStrip values={vector.head} />
      <Components values={vector.head} />
    </section>
  );
}

function factsOf(vector: VectorView, locale: string): readonly Metric[] {
  return [
    {
      name: l10n.t("Dimensions"),
      value: formatNumber(vector.dimensions, locale),
      definition: l10n.t("How many numbers the vector has"),
    },
    {
      name: l10n.t("Norm"),
      value: formatComponent(vector.norm),
      definition: l10n.t(
        "Length of the vector, the root of the sum of its squares: 1 when the server normalises",
      ),
    },
    {
      name: l10n.t("Minimum"),
      value: formatComponent(vector.min),
      definition: l10n.t("The smallest of all values"),
    },
    {
      name: l10n.t("Maximum"),
      value: formatComponent(vector.max),
      definition: l10n.t("The largest of all values"),
    },
    {
      name: l10n.t("Mean"),
      value: formatComponent(vector.mean),
      definition: l10n.t("The average of all values"),
    },
  ];
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
