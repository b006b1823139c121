import type { JSX } from "preact";

const shapes = {
  up: "M8 13V3M3.8 7.2L8 3l4.2 4.2",
  down: "M8 3v10M3.8 8.8L8 13l4.2-4.2",
  remove: "M3.5 3.5l9 9m0-9l-9 9",
  add: "M8 3v10M3 8h10",
} as const;

/** A button of a row, without a text of its own. */
export function IconButton({
  icon,
  label,
  name,
  availability = "free",
  onPress,
}: {
  readonly icon: keyof typeof shapes;
  readonly label: string;
  /** For whoever looks for it to give it the focus. */
  readonly name?: string;
  readonly availability?: "free" | "blocked";
  readonly onPress: () => void;
}): JSX.Element {
  return (
    <button
      type="button"
      class="quiet icon-only"
      name={name}
      title={label}
      aria-label={label}
      aria-disabled={availability === "blocked" ? "true" : "false"}
      onClick={() => availability === "free" && onPress()}
    >
      <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
        <path class="line" d={shapes[icon]} />
      </svg>
    </button>
  );
}
