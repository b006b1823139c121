/** What a chat request to a server may set: real names and ranges, and how thinking is switched there. */

/** What a server takes; absent ends are open, or not known. */
export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  /** The smallest number that is refused: `top_p` has to be more than 0 on most servers. */
  readonly above?: number;
  /** The largest number that is refused: DashScope's `temperature` has to be less than 2. */
  readonly below?: number;
}

/** One field of the body that a person may set. */
export interface ParameterSpec {
  /** On the wire, such as `max_tokens` or `repetition_penalty`. */
  readonly name: string;
  readonly value:
    | ({ readonly kind: "number"; readonly step?: number } & NumberRange)
    | ({ readonly kind: "integer" } & NumberRange)
    | { readonly kind: "boolean" }
    | { readonly kind: "text" }
    /** One or more texts; sent as a list. */
    | { readonly kind: "texts"; readonly most?: number }
    /** One of these words; an object, as in a `tool_choice` that names a function, is let through. */
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
  /** How many tokens of thinking may be asked for, where there is a budget. */
  readonly budget?: NumberRange;
}
