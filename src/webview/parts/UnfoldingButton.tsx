import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { ActionButton } from "./ActionButton.tsx";
import type { AskState } from "./askState.ts";
import type { IconName } from "./Icon.tsx";
import { useUnfolding } from "./useUnfolding.ts";

interface UnfoldingButtonProps {
  readonly label: string;
  readonly icon: IconName;
  readonly look?: "secondary" | "quiet";
  /** How the choice made last stands. */
  readonly state: AskState | undefined;
  /** On which side of the button the choices begin. */
  readonly side?: "start" | "end";
  readonly choices: readonly {
    readonly label: string;
    readonly lang?: string;
    readonly onPress: () => void;
  }[];
}

/** A button that unfolds to a few choices. */
export function UnfoldingButton({
  label,
  icon,
  look = "secondary",
  state,
  side = "end",
  choices,
}: UnfoldingButtonProps): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const { isUnfolded, toggle, fold } = useUnfolding(root);
  return (
    <div class={`unfolding unfolding-${side}`} ref={root}>
      <ActionButton
        label={label}
        icon={icon}
        look={look}
        state={state}
        unfolds={isUnfolded ? "unfolded" : "folded"}
        onPress={toggle}
      />
      {isUnfolded && (
        <ul class="forms">
          {choices.map(({ label: choice, lang, onPress }) => (
            <li key={choice} lang={lang}>
              <ActionButton
                label={choice}
                look="quiet"
                onPress={() => {
                  fold();
                  onPress();
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
