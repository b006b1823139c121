import * as l10n from "@vscode/l10n";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { SdkGot, SdkReading } from "../../../core/chat/sdkReading.ts";
import { visibleId } from "../../../core/visible.ts";
import { formatNumber } from "../../parts/format.ts";
import { pageLocale } from "../../parts/pageLocale.ts";
import { visibleLines } from "../shownBody.ts";

interface SdkPartProps {
  readonly reading: SdkReading;
  /** How often the link to here was followed. */
  readonly jumps: number;
}

/** What a program would have got for the same reply, and how that differs from what is shown above. */
export function SdkPart({ reading, jumps }: SdkPartProps): JSX.Element {
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (jumps > 0) {
      top.current?.focus();
      top.current?.scrollIntoView({ block: "nearest" });
    }
  }, [jumps]);
  return (
    <div class="sdk-part" ref={top} tabIndex={-1} role="group" aria-label={l10n.t("OpenAI SDK")}>
      <ul class="sdk-differences">
        {reading.differences.map((difference) => (
          <li key={difference}>
            <Sentence text={difference} />
          </li>
        ))}
      </ul>
      <p class="quiet-text">
        {l10n.t(
          "The reply was read once more by {0}, without a network. A program gets:",
          visibleId(reading.client),
        )}
      </p>
      <pre
        class="evidence wire-lines"
        tabIndex={0}
        role="group"
        aria-label={l10n.t("What a program gets")}
        dir="ltr"
      >
        {linesOf(reading.got).map(([name, text]) => (
          <bdi key={name} class="evidence-line">
            <span class="header-name">{name}:</span> {visibleLines(text)}
          </bdi>
        ))}
      </pre>
    </div>
  );
}

/** Names of fields stand between backticks. */
function Sentence({ text }: { readonly text: string }): JSX.Element {
  const parts = text.split("`");
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 ? <code key={index}>{visibleId(part)}</code> : visibleLines(part),
      )}
    </>
  );
}

/** Names and values as a debugger would show them; they are names of the package, not words. */
function linesOf(got: SdkGot): readonly (readonly [name: string, text: string])[] {
  const number = (value: number): string => formatNumber(value, pageLocale());
  switch (got.kind) {
    case "text":
      return [
        ["chunks", number(got.chunks)],
        ["content", JSON.stringify(got.answer)],
        ...(got.reasoning === "" ? [] : [["reasoning", JSON.stringify(got.reasoning)] as const]),
      ];
    case "vectors":
      return [
        ["data.length", number(got.count)],
        ["data[0].embedding.length", number(got.dimensions)],
      ];
    case "unusable":
      return [["typeof value", got.value === "nothing" ? "undefined" : got.value]];
    case "error":
      return [[got.name, got.message]];
  }
}
