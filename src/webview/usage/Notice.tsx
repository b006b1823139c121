import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { ActionButton } from "../parts/ActionButton.tsx";
import { Icon } from "../parts/Icon.tsx";
import type { PageActions } from "./actions.ts";
import type { Emptiness } from "./emptiness.ts";

/** A page with nothing but a sentence, and what can be done. */
export function Notice({
  title,
  text,
  offer,
  actions,
}: Emptiness & { readonly actions?: PageActions }): JSX.Element {
  const offered = offer === undefined || actions === undefined ? undefined : offerOf(offer, actions);
  return (
    <div class="notice">
      <Icon name="mark" />
      <h2>{title}</h2>
      <p>{text}</p>
      {offered !== undefined && (
        <ActionButton label={offered.label} look="secondary" onPress={offered.onPress} />
      )}
    </div>
  );
}

function offerOf(
  offer: Emptiness["offer"] & string,
  actions: PageActions,
): { readonly label: string; readonly onPress: () => void } {
  switch (offer) {
    case "turn-on-log":
      return { label: l10n.t("Open its setting"), onPress: () => actions.openSetting("audit.enabled") };
    case "count-checks":
      return { label: l10n.t("Show status checks"), onPress: () => actions.chooseChecks("counted") };
    case "read-all":
      return { label: l10n.t("Show all of the log"), onPress: () => actions.read("all") };
  }
}
