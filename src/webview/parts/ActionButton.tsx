import type { JSX } from "preact";
import { Icon, type IconName } from "./Icon.tsx";
import type { AskState } from "./askState.ts";

interface ActionButtonProps {
  readonly label: string;
  readonly icon?: IconName;
  readonly look: "primary" | "secondary" | "quiet";
  readonly state?: AskState | undefined;
  /** `blocked`: something else is under way. The button stays in the tab order, so that the keyboard does not lose its place. */
  readonly availability?: "free" | "blocked";
  /** The id of an element that says more. */
  readonly describedBy?: string;
  /** Of a button that shows and hides something. */
  readonly unfolds?: "folded" | "unfolded";
  readonly onPress: () => void;
}

export function ActionButton({
  label,
  icon,
  look,
  state,
  availability = "free",
  describedBy,
  unfolds,
  onPress,
}: ActionButtonProps): JSX.Element {
  const isFree = availability === "free" && state?.kind !== "waiting";
  const shown = iconOf(icon, state);
  return (
    <button
      type="button"
      class={look}
      aria-disabled={isFree ? "false" : "true"}
      aria-describedby={describedBy}
      aria-expanded={unfolds === undefined ? undefined : unfolds === "unfolded"}
      onClick={() => isFree && onPress()}
    >
      {shown !== undefined && <Icon name={shown} />}
      <span class="label">{label}</span>
    </button>
  );
}

function iconOf(icon: IconName | undefined, state: AskState | undefined): IconName | undefined {
  if (state?.kind === "waiting") {
    return "running";
  }
  return state?.kind === "done" ? "done" : icon;
}
