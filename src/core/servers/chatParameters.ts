/** What a chat request to a server may set: real names and ranges, and how thinking is switched there. */

/** One field of the body that a person may set. */
export interface ParameterSpec {
  /** On the wire, such as `max_tokens` or `repetition_penalty`. */
  readonly name: string;
  readonly value:
    | { readonly kind: "number"; readonly min?: number; readonly max?: number; readonly step?: number }
    | { readonly kind: "integer"; readonly min?: number; readonly max?: number }
    | { readonly kind: "text" }
    /** One or more texts; sent as a list. */
    | { readonly kind: "texts"; readonly most?: number }
    | { readonly kind: "choice"; readonly of: readonly string[] }
    /** Any JSON, such as `tools` or `response_format`. */
    | { readonly kind: "json"; readonly of: "object" | "array" };
  /** What the server takes when nothing is sent, where it is known and fixed. */
  readonly byDefault?: number | string;
  /** `common`: shown at once; `further`: unfolded. */
  readonly shown: "common" | "further";
}

export type ThinkingChoice =
  { readonly kind: "on" } | { readonly kind: "off" } | { readonly kind: "budget"; readonly tokens: number };

/** How thinking is switched on a server; absent kinds have no switch there. */
export interface ThinkingControl {
  /** The fields of the body that say so. */
  readonly fields: (choice: ThinkingChoice) => Readonly<Record<string, unknown>> | undefined;
  readonly kinds: readonly ThinkingChoice["kind"][];
}
