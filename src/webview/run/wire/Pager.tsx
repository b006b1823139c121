import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { ActionButton } from "../../parts/ActionButton.tsx";

interface PagerProps {
  /** Where one is, such as "Page 2 of 9". */
  readonly place: string;
  /** Undefined where there is nothing before. */
  readonly before: (() => void) | undefined;
  readonly after: (() => void) | undefined;
}

/** Both buttons stay where they are, so that pressing one again and again goes on. */
export function Pager({ place, before, after }: PagerProps): JSX.Element {
  return (
    <span class="pager">
      <ActionButton
        label={l10n.t("Previous")}
        look="quiet"
        availability={before === undefined ? "blocked" : "free"}
        onPress={() => before?.()}
      />
      <span role="status">{place}</span>
      <ActionButton
        label={l10n.t("Next")}
        look="quiet"
        availability={after === undefined ? "blocked" : "free"}
        onPress={() => after?.()}
      />
    </span>
  );
}
