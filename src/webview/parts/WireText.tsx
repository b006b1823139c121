import type { JSX } from "preact";
import { visibleId } from "../../core/visible.ts";

/** An id, an address or anything else from outside: isolated from the text around it, nothing hidden in it. */
export function WireText({
  text,
  class: className,
}: {
  readonly text: string;
  readonly class?: string;
}): JSX.Element {
  return <bdi class={className === undefined ? "wire" : `wire ${className}`}>{visibleId(text)}</bdi>;
}
