/** What a streamed chat becomes, whatever the server calls its fields. */

import type { Finding } from "../diagnosis/finding.ts";
import type { WireTimings } from "../ports.ts";
import type { ToolCallAdded } from "./toolCallAssembler.ts";

/** Token counts as the server reports them; never estimated. */
export interface Usage {
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  /** Of the completion tokens. */
  readonly reasoningTokens?: number;
  /** Of the prompt tokens, what the server's cache held. */
  readonly cachedTokens?: number;
}

/** How a run ended. `stopped` is the user's doing; what had arrived is kept in every case. */
export type Outcome =
  | { readonly kind: "finished"; readonly finishReason: string }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly findings: readonly Finding[] };

/** Every stream ends with exactly one `ended` event. */
export type StreamEvent =
  /** `timings`: up to the first byte of the reply, where the transport measures them. */
  | { readonly kind: "opened"; readonly status: number; readonly timings?: WireTimings }
  | { readonly kind: "answer"; readonly text: string }
  | { readonly kind: "reasoning"; readonly text: string }
  /** All of the answer so far was reasoning: its closing tag has come, and the opening one stood in the prompt. */
  | { readonly kind: "relabelled" }
  | ({ readonly kind: "tool-call" } & ToolCallAdded)
  | { readonly kind: "usage"; readonly usage: Usage }
  | { readonly kind: "noticed"; readonly finding: Finding }
  /** How long the reply's body was, once it has ended. */
  | { readonly kind: "received"; readonly bytes: number }
  | { readonly kind: "ended"; readonly outcome: Outcome };
