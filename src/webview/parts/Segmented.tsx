import type { JSX } from "preact";

interface SegmentedProps<Value extends string | number> {
  /** For who can not see that they belong together. */
  readonly label: string;
  /** Names the radio buttons; once on the page. */
  readonly name: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}

/** One of a few, side by side: radio buttons, so that arrow keys and screen readers know them. */
export function Segmented<Value extends string | number>({
  label,
  name,
  options,
  chosen,
  onChoose,
}: SegmentedProps<Value>): JSX.Element {
  return (
    <fieldset class="segmented">
      <legend class="sr-only">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === chosen}
            onChange={() => onChoose(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
