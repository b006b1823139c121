import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { formatNumber } from "../../parts/format.ts";
import { pageLocale } from "../../parts/pageLocale.ts";
import { longestField } from "./form.ts";
import { insertText } from "./insertText.ts";
import type { Described } from "./Problem.tsx";

interface JsonFieldProps {
  readonly name: string;
  readonly label: string;
  readonly id?: string;
  readonly text: string;
  readonly placeholder?: string;
  readonly described: Described;
  readonly tell: (problem: string | undefined) => void;
  readonly check: (text: string) => string | undefined;
}

/** Checked when one leaves it: half a JSON text is never valid. */
export function JsonField({
  name,
  label,
  id,
  text,
  placeholder,
  described,
  tell,
  check,
}: JsonFieldProps): JSX.Element {
  const [initial] = useState(text);
  return (
    <textarea
      class="grows mono"
      id={id}
      name={name}
      aria-label={id === undefined ? label : undefined}
      placeholder={placeholder}
      rows={1}
      spellcheck={false}
      defaultValue={initial}
      onChange={(event) => tell(check(event.currentTarget.value))}
      onPaste={(event) => paste(event, tell)}
      {...described}
    />
  );
}

function paste(event: ClipboardEvent, tell: JsonFieldProps["tell"]): void {
  const field = event.currentTarget;
  const pasted = event.clipboardData?.getData("text/plain") ?? "";
  if (!(field instanceof HTMLTextAreaElement) || pasted.length < 5_000) {
    return;
  }
  event.preventDefault();
  if (field.textLength + pasted.length > longestField) {
    tell(l10n.t("This field takes {0} characters at most.", formatNumber(longestField, pageLocale())));
    return;
  }
  insertText(field, pasted);
}
