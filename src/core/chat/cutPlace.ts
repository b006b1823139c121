/** Where a stream broke off: how much had come by then, and how it ended. */

import type { Finding } from "../diagnosis/finding.ts";
import type { StreamEvent } from "./streamEvent.ts";
import type { TextLane } from "./tokenEstimate.ts";

export interface CutPlace {
  note(event: StreamEvent): void;
  /** The same event; one that says that the stream was cut or stalled says where as well. */
  located(event: StreamEvent, bytes: number, elapsedMs: number | undefined): StreamEvent;
}

export function createCutPlace(): CutPlace {
  return new Place();
}

const tailLength = 80;

class Place implements CutPlace {
  readonly #characters: Record<TextLane, number> = { answer: 0, reasoning: 0, "tool-call": 0 };
  /** Of what came last: words of two lanes side by side would make no sense. */
  #tail = "";
  #lane: TextLane = "answer";
  #tokens: number | undefined;

  note(event: StreamEvent): void {
    switch (event.kind) {
      case "answer":
      case "reasoning":
        this.#add(event.kind, event.text);
        break;
      case "tool-call":
        this.#add("tool-call", event.name + event.argumentsText);
        break;
      case "relabelled":
        this.#characters.reasoning += this.#characters.answer;
        this.#characters.answer = 0;
        break;
      case "usage":
        this.#tokens = event.usage.completionTokens ?? this.#tokens;
        break;
      default:
    }
  }

  located(event: StreamEvent, bytes: number, elapsedMs: number | undefined): StreamEvent {
    if (event.kind !== "ended" || event.outcome.kind !== "failed") {
      return event;
    }
    const findings = event.outcome.findings.map((finding) =>
      isCut(finding)
        ? { ...finding, evidence: [...finding.evidence, ...this.#evidence(bytes, elapsedMs)] }
        : finding,
    );
    return { kind: "ended", outcome: { kind: "failed", findings } };
  }

  #add(lane: TextLane, text: string): void {
    this.#characters[lane] += text.length;
    // One more than is shown, to know whether it begins in the middle of a word.
    this.#tail = ((lane === this.#lane ? this.#tail : "") + text).slice(-tailLength - 1);
    this.#lane = lane;
  }

  #evidence(bytes: number, elapsedMs: number | undefined): readonly string[] {
    const { answer, reasoning, "tool-call": calls } = this.#characters;
    const parts = [
      `${answer} characters of answer`,
      ...(reasoning === 0 ? [] : [`${reasoning} of reasoning`]),
      ...(calls === 0 ? [] : [`${calls} of tool calls`]),
      ...(this.#tokens === undefined ? [] : [`${this.#tokens} tokens by the server's count`]),
      `${bytes} bytes`,
    ];
    const after = elapsedMs === undefined ? "" : `, ${Math.round(elapsedMs)} ms after the request`;
    const words = lastWords(this.#tail);
    return [`ended after ${parts.join(", ")}${after}`, ...(words === "" ? [] : [`last words: ${words}`])];
  }
}

function isCut({ code }: Finding): boolean {
  return code === "stream.cut" || code === "stream.stalled";
}

/** No word of which the beginning is missing: it could be the rest of a key that is no longer known as one. */
function lastWords(tail: string): string {
  const isWhole = tail.length <= tailLength;
  const words = isWhole ? tail : tail.replace(/^(?:[!-~]+|[^])/, "");
  const line = words.replace(/\s+/g, " ").trim();
  return line === "" || isWhole ? line : `…${line}`;
}
