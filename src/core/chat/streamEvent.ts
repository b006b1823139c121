/** What a streamed chat becomes, whatever the server calls its fields. */

import type { Finding } from "../diagnosis/finding.ts";

/** Token counts as the server reports them; never estimated. */
export interface Usage {
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  readonly reasoningTokens?: number;
}

/** How a run ended. `stopped` is the user's doing; what had arrived is kept in every case. */
export type Outcome =
  | { readonly kind: "finished"; readonly finishReason: string }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly findings: readonly Finding[] };

/** Every stream ends with exactly one `ended` event. */
export type StreamEvent =
  | { readonly kind: "opened"; readonly status: number }
  | { readonly kind: "answer"; readonly text: string }
  | { readonly kind: "reasoning"; readonly text: string }
  | {
      readonly kind: "tool-call";
      readonly index: number;
      readonly name: string;
      readonly argumentsText: string;
    }
  | { readonly kind: "usage"; readonly usage: Usage }
  | { readonly kind: "noticed"; readonly finding: Finding }
  | { readonly kind: "ended"; readonly outcome: Outcome };

/**
 * Timings of one run, in milliseconds since the request was sent.
 * `ttftMs` is the first content, reasoning or tool call. `tokensPerSecond` is completion tokens after the first over the
 * time between the first and the last, that is 1000/TPOT with vLLM's TPOT = (E2EL − TTFT)/(N − 1); absent without usage.
 */
export interface RunTimings {
  readonly ttftMs?: number;
  readonly endToEndMs: number;
  readonly tokensPerSecond?: number;
}
