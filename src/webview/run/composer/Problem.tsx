import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { visibleText } from "../../../core/visible.ts";
import { WireText } from "../../parts/WireText.tsx";
import type { ComposerModel } from "./useComposer.ts";

interface PlaceProps {
  readonly composer: ComposerModel;
  readonly where: string;
}

/** What is wrong at a field, right below it. */
export function Problem({ composer, where }: PlaceProps): JSX.Element | null {
  const text = composer.problems.get(where);
  return text === undefined ? null : (
    <p class="problem" id={problemId(where)} role="alert">
      {visibleText(text)}
    </p>
  );
}

/** What a field says of its problem and its hint to who can not see them beside it. */
export interface Described {
  readonly "aria-invalid"?: "true";
  readonly "aria-describedby"?: string;
}

/** Ties a field to its problem and its hint. */
export function describedBy({ composer, where }: PlaceProps, hintId?: string): Described {
  const isWrong = composer.problems.has(where);
  const ids = [...(isWrong ? [problemId(where)] : []), ...(hintId === undefined ? [] : [hintId])];
  return {
    ...(isWrong ? { "aria-invalid": "true" } : {}),
    ...(ids.length === 0 ? {} : { "aria-describedby": ids.join(" ") }),
  };
}

function problemId(where: string): string {
  return `problem-${where}`;
}

/** Problems without a field of their own, and a request that did not get through at all. */
export function OtherProblems({ composer }: { readonly composer: ComposerModel }): JSX.Element | null {
  const { problems, form, description, sending } = composer;
  const places = new Set([
    ...["endpoint", "model", "messages", "images", "system", "thinking", "extra", "targets"],
    ...Object.keys(form.parameters),
    ...description.parameters.map(({ name }) => name),
  ]);
  const others = [...problems].filter(([where]) => !places.has(where));
  const reason = sending?.kind === "refused" ? sending.reason : undefined;
  return others.length === 0 && reason === undefined ? null : (
    <ul class="problems" role="alert" aria-label={l10n.t("Problems")}>
      {others.map(([where, text]) => (
        <li key={where} class="problem">
          <WireText text={where} class="mono" /> {visibleText(text)}
        </li>
      ))}
      {reason !== undefined && <li class="problem">{visibleText(reason)}</li>}
    </ul>
  );
}
