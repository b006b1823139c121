import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { Icon } from "../../parts/Icon.tsx";

/** That a program would get another result from the OpenAI SDK, with a link to what it would get. */
export function SdkNote({ onFollow }: { readonly onFollow: () => void }): JSX.Element {
  return (
    <p class="sdk-note">
      <Icon name="note" />
      <span>
        {l10n.t("The OpenAI SDK would have shown something else.")}{" "}
        <button type="button" class="link" onClick={onFollow}>
          {l10n.t("See what")}
        </button>
      </span>
    </p>
  );
}
