/** From the parts of chunks to events in their lanes: answer, reasoning, tool calls. */

import type { ChunkParts } from "./chatChunk.ts";
import { createCumulativeText, type CumulativeText } from "./cumulativeText.ts";
import type { StreamEvent } from "./streamEvent.ts";
import { createThinkSplitter } from "./thinkSplitter.ts";
import { createToolCallAssembler, type ToolDelta } from "./toolCallAssembler.ts";

export interface Lanes {
  read(parts: ChunkParts): readonly StreamEvent[];
  /** What was held back. */
  end(): readonly StreamEvent[];
  /** Did a chunk come in the form of DashScope's native API? */
  isNative(): boolean;
}

export function createLanes(): Lanes {
  return new ChatLanes();
}

class ChatLanes implements Lanes {
  readonly #splitter = createThinkSplitter();
  readonly #calls = createToolCallAssembler();
  #native: NativeParts | undefined;

  read(parts: ChunkParts): readonly StreamEvent[] {
    if (parts.dialect === undefined) {
      return this.#events(parts);
    }
    this.#native ??= new NativeParts();
    return this.#events(this.#native.added(parts));
  }

  end(): readonly StreamEvent[] {
    const held = this.#native === undefined ? [] : this.#events(this.#native.end());
    return [...held, ...this.#splitter.end()];
  }

  isNative(): boolean {
    return this.#native !== undefined;
  }

  #events({ answer, reasoning, toolCalls, usage }: ChunkParts): readonly StreamEvent[] {
    const events: StreamEvent[] = [];
    if (reasoning !== "") {
      this.#splitter.reasonedElsewhere();
      events.push({ kind: "reasoning", text: reasoning });
    }
    if (answer !== "") {
      events.push(...this.#splitter.push(answer));
    }
    for (const delta of toolCalls) {
      events.push({ kind: "tool-call", ...this.#calls.add(delta) });
    }
    if (usage !== undefined) {
      events.push({ kind: "usage", usage });
    }
    return events;
  }
}

/** What the events of a native stream add, whether or not they repeat what came before. */
class NativeParts {
  readonly #texts: CumulativeText = createCumulativeText();
  readonly #deltas = new Map<string, ToolDelta>();

  added(parts: ChunkParts): ChunkParts {
    const grown = [
      ...parts.toolCalls.flatMap((delta) => {
        const lane = `call ${delta.index ?? delta.id ?? ""}`;
        this.#deltas.set(lane, { ...delta, name: "" });
        return this.#texts.push(lane, delta.argumentsText);
      }),
      ...this.#texts.push("reasoning", parts.reasoning),
      ...this.#texts.push("answer", parts.answer),
    ];
    const names = parts.toolCalls.map((delta) => ({ ...delta, argumentsText: "" }));
    const said = this.#parts(grown);
    return { ...parts, ...said, toolCalls: [...names, ...said.toolCalls] };
  }

  end(): ChunkParts {
    return this.#parts(this.#texts.end());
  }

  #parts(grown: ReturnType<CumulativeText["end"]>): ChunkParts {
    const textIn = (name: string): string =>
      grown.flatMap(({ lane, text }) => (lane === name ? [text] : [])).join("");
    const toolCalls = grown.flatMap(({ lane, text }) => {
      const delta = this.#deltas.get(lane);
      return delta === undefined ? [] : [{ ...delta, argumentsText: text }];
    });
    return { answer: textIn("answer"), reasoning: textIn("reasoning"), toolCalls };
  }
}
