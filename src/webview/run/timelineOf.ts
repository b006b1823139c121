import type { ChunkBin, RunTimings } from "../../core/chat/timings.ts";

export const timelineWidth = 1000;
export const timelineHeight = 40;

export interface ChunkBar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lane: ChunkBin["lane"];
}

/** Bars from the moment of sending to the end: their height is the root of the characters, so that single letters can be seen beside whole lines. */
export function chunkBars({ timeline = [], endToEndMs }: RunTimings): readonly ChunkBar[] {
  const largest = Math.max(...timeline.map(({ characters }) => characters), 1);
  const width = 3;
  return timeline.map(({ atMs, characters, lane }) => {
    const height = rounded(Math.max(2, Math.sqrt(characters / largest) * timelineHeight));
    const share = endToEndMs > 0 ? Math.min(1, Math.max(0, atMs / endToEndMs)) : 0;
    return { x: rounded(share * (timelineWidth - width)), y: timelineHeight - height, width, height, lane };
  });
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
