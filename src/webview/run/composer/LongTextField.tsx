import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { visibleText } from "../../../core/visible.ts";
import { formatNumber } from "../../parts/format.ts";
import { pageLocale } from "../../parts/pageLocale.ts";
import { longestField, type LongText } from "./form.ts";
import { IconButton } from "./IconButton.tsx";
import { insertText } from "./insertText.ts";
import type { Described } from "./Problem.tsx";

interface LongTextFieldProps {
  readonly name: string;
  readonly label: string;
  readonly text: LongText;
  readonly placeholder?: string;
  readonly described?: Described;
  /** Replaces the texts beside the field. */
  readonly onHold: (change: (held: readonly string[]) => readonly string[]) => void;
  /** Files that were pasted or dropped; absent where none are taken. */
  readonly onFiles?: ((files: readonly File[]) => void) | undefined;
}

/** A field that grows with its text. What is too long for one stands below it, in a line. */
export function LongTextField(props: LongTextFieldProps): JSX.Element {
  const { name, label, text, placeholder, described, onHold } = props;
  const [initial] = useState(text.text);
  return (
    <div class="long-text">
      <textarea
        class="grows"
        name={name}
        aria-label={label}
        placeholder={placeholder}
        rows={1}
        dir="auto"
        defaultValue={initial}
        onPaste={(event) => taken(event, event.clipboardData, props)}
        onDrop={(event) => taken(event, event.dataTransfer, props)}
        {...described}
      />
      {text.held.map((each, index) => (
        <HeldText
          key={index}
          text={each}
          onRemove={() => onHold((held) => held.filter((_, place) => place !== index))}
        />
      ))}
    </div>
  );
}

function HeldText({ text, onRemove }: { readonly text: string; readonly onRemove: () => void }): JSX.Element {
  const length = l10n.t("{0} characters", formatNumber(text.length, pageLocale()));
  return (
    <p class="held-text">
      <span class="held-start">{visibleText(text.slice(0, 120))}</span>
      <span class="hint">{length}</span>
      <IconButton icon="remove" label={l10n.t("Remove the long text")} onPress={onRemove} />
    </p>
  );
}

function taken(
  event: ClipboardEvent | DragEvent,
  data: DataTransfer | null,
  { onFiles, onHold }: LongTextFieldProps,
): void {
  const field = event.currentTarget;
  const files = [...(data?.files ?? [])];
  if (files.length > 0 && onFiles !== undefined) {
    event.preventDefault();
    onFiles(files);
    return;
  }
  const text = data?.getData("text/plain") ?? "";
  if (!(field instanceof HTMLTextAreaElement) || text.length <= shortEnough) {
    return;
  }
  event.preventDefault();
  if (field.textLength + text.length <= longestField) {
    insertText(field, text);
  } else {
    onHold((held) => [...held, text]);
  }
}

/** Pasted by the browser up to here: Chromium takes ten seconds for 100,000 characters, and ends at 500,000. */
const shortEnough = 5_000;
