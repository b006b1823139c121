/** What a finished run returns to a program, as plain JSON. */

import type { Finding } from "../core/diagnosis/finding.ts";
import type { Usage } from "../core/chat/streamEvent.ts";
import type { RunTimings } from "../core/chat/timings.ts";
import type { TokenEstimate } from "../core/chat/tokenEstimate.ts";
import type { ToolCall } from "../core/chat/transcript.ts";

export interface RunRecord {
  readonly endpointId: string;
  readonly model: string;
  readonly answer: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCall[];
  readonly outcome: "finished" | "stopped" | "failed";
  readonly finishReason?: string;
  readonly usage?: Usage;
  /** Token counts that `usage` lacks. */
  readonly estimate?: TokenEstimate;
  readonly timings: RunTimings;
  readonly findings: readonly Finding[];
}

export interface EmbeddingRecord {
  readonly endpointId: string;
  readonly model: string;
  readonly outcome: "finished" | "stopped" | "failed";
  readonly dimensions: number;
  readonly norm: number;
  readonly vector: readonly number[];
  readonly usage?: Usage;
  readonly findings: readonly Finding[];
}
