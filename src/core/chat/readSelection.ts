/** A selected text that is itself a request: a JSON body, or a list of messages. */

import type { WireMessage } from "./wireMessage.ts";

export type ReadSelection =
  /** A plain text, to be asked about. */
  | { readonly kind: "text" }
  /** `model` where the body names one; `extra` is the rest of the body. */
  | {
      readonly kind: "request";
      readonly messages: readonly WireMessage[];
      readonly model?: string;
      readonly extra: Readonly<Record<string, unknown>>;
    };

export function readSelection(_text: string): ReadSelection {
  return { kind: "text" };
}
