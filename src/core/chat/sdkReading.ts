/** What the `openai` package makes of a recorded reply, and how that differs from what the run shows. */

/** What a program would have got: its text, its vectors, or the error's class and message. */
export type SdkGot =
  | {
      readonly kind: "text";
      readonly answer: string;
      /** In a field that the package does not type. */
      readonly reasoning: string;
      readonly chunks: number;
    }
  | { readonly kind: "vectors"; readonly count: number; readonly dimensions: number }
  /** No error, and yet nothing that could be used: what stands where `choices` or `data` should be looked for. */
  | { readonly kind: "unusable"; readonly value: "object" | "string" | "nothing" }
  | { readonly kind: "error"; readonly name: string; readonly message: string };

export interface SdkReading {
  /** `openai` with its version. */
  readonly client: string;
  readonly got: SdkGot;
  /** Each a sentence for a person, such as "the error in the stream is thrown away". At least one. */
  readonly differences: readonly string[];
  /** `field`: a program gets the same, the reasoning in a field without a type, as of every reasoning model. */
  readonly differs: "result" | "field";
}

/** A recorded reply, to be read once more by the package. */
export interface SdkReplay {
  readonly task: "chat" | "embedding";
  /** The JSON that was sent: it says whether the reply is read as a stream. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of a replay. */
export interface SdkReplayed {
  readonly client: string;
  readonly got: SdkGot;
  /** Of a chat: the field in which reasoning came. */
  readonly reasoningField?: string;
  /** Of a chat: the calls as they are put together by their index. */
  readonly toolCalls: readonly { readonly name: string; readonly argumentsText: string }[];
}

/** Reads it with the real package, away from any network. Never throws for what a reply holds. */
export type ReadWithSdk = (replay: SdkReplay) => Promise<SdkReplayed>;
