/** A remedy whose sentence ends in the line it is about. */

import type { Remedy } from "./remedy.ts";

export function withLine(line: string, text: (line: string) => string): Remedy {
  return { text: text(line), commands: [line] };
}
