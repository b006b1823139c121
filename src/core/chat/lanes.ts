/** From the parts of a chunk to events in their lanes. */

import type { ChunkParts } from "./chatChunk.ts";
import type { StreamEvent } from "./streamEvent.ts";
import type { Lanes, ThinkSplitter } from "./thinkSplitter.ts";

export function* partsToEvents(parts: ChunkParts, splitter: ThinkSplitter): Generator<StreamEvent> {
  if (parts.reasoning !== "") {
    yield { kind: "reasoning", text: parts.reasoning };
  }
  if (parts.answer !== "") {
    yield* laneEvents(splitter.push(parts.answer));
  }
  for (const call of parts.toolCalls) {
    yield { kind: "tool-call", ...call };
  }
  if (parts.usage !== undefined) {
    yield { kind: "usage", usage: parts.usage };
  }
}

export function* laneEvents(lanes: Lanes): Generator<StreamEvent> {
  if (lanes.reasoning !== "") {
    yield { kind: "reasoning", text: lanes.reasoning };
  }
  if (lanes.answer !== "") {
    yield { kind: "answer", text: lanes.answer };
  }
}
