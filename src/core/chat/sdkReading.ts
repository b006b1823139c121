/** What the `openai` package makes of a recorded reply, and how that differs from what the reply says. */

export interface SdkReading {
  /** `openai` with its version. */
  readonly client: string;
  /** What a program would have got: its text, or the error's class and message. */
  readonly got:
    | { readonly kind: "text"; readonly answer: string; readonly reasoning: string; readonly chunks: number }
    | { readonly kind: "error"; readonly name: string; readonly message: string };
  /** Each a sentence for a person, such as "the error in the stream is thrown away". At least one. */
  readonly differences: readonly string[];
}
