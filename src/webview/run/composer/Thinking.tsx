import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { Segmented } from "../../parts/Segmented.tsx";
import type { Form } from "./form.ts";
import { describedBy, Problem } from "./Problem.tsx";
import { problemOfTokens } from "./problemsOf.ts";
import type { ComposerModel } from "./useComposer.ts";

/** Whether the model thinks first, as far as the server has a switch for it. */
export function Thinking({ composer }: { readonly composer: ComposerModel }): JSX.Element | null {
  const { form, description, change } = composer;
  const isKnown = form.thinking === "default" || description.thinking.includes(form.thinking);
  if (description.thinking.length === 0 && isKnown) {
    return null;
  }
  const kinds: readonly Form["thinking"][] = [
    "default",
    ...description.thinking,
    ...(isKnown ? [] : [form.thinking]),
  ];
  return (
    <section class="part thinking">
      <h2>{l10n.t("Thinking mode")}</h2>
      <div class="thinking-row">
        <Segmented
          label={l10n.t("Thinking mode")}
          name="thinking"
          options={kinds.map((value) => ({ value, label: kindLabel(value) }))}
          chosen={form.thinking}
          onChoose={(thinking) => change((now) => ({ ...now, thinking }))}
        />
        {form.thinking === "budget" && <Budget composer={composer} />}
      </div>
      {!isKnown && <p class="hint foreign">{l10n.t("Not known by this server")}</p>}
      <Problem composer={composer} where="thinking" />
    </section>
  );
}

function Budget({ composer }: { readonly composer: ComposerModel }): JSX.Element {
  return (
    <input
      type="text"
      class="mono tokens"
      name="thinkingTokens"
      aria-label={l10n.t("Tokens for thinking")}
      inputMode="numeric"
      autocomplete="off"
      placeholder={l10n.t("Tokens")}
      defaultValue={composer.form.thinkingTokens}
      onInput={(event) => composer.tell("thinking", problemOfTokens(event.currentTarget.value))}
      {...describedBy({ composer, where: "thinking" })}
    />
  );
}

function kindLabel(kind: Form["thinking"]): string {
  switch (kind) {
    case "default":
      return l10n.t("As the server does");
    case "on":
      return l10n.t("On");
    case "off":
      return l10n.t("Off");
    case "budget":
      return l10n.t("Budget");
  }
}
