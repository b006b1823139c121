import { findCode, type CodeSample } from "./codeSample.ts";
import { countOf, isHan, wordsOf } from "./wordPieces.ts";

/** Everything the demo knows of a prompt: it counts, it does not understand. */
export interface PromptFacts {
  /** Chinese as soon as the prompt holds two Chinese characters, since the code below a question is often English. */
  readonly language: "en" | "zh";
  /** Unicode code points. */
  readonly characters: number;
  readonly words: number;
  readonly lines: number;
  /** At most three words of four letters or more that occur more than once, the most frequent first. */
  readonly frequentWords: readonly { readonly word: string; readonly count: number }[];
  readonly code: CodeSample | undefined;
}

const fewestLettersOfAWordWorthNaming = 4;

export function readPrompt(prompt: string): PromptFacts {
  const counts = new Map<string, number>();
  let words = 0;
  let han = 0;
  for (const word of wordsOf(prompt.toLowerCase())) {
    words += 1;
    if (isHan(word)) han += 1;
    if (word.length >= fewestLettersOfAWordWorthNaming) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return {
    language: han >= 2 ? "zh" : "en",
    characters: countOf(prompt),
    words,
    lines: countLines(prompt),
    frequentWords: mostFrequent(counts),
    code: findCode(prompt),
  };
}

function countLines(text: string): number {
  return text === "" ? 0 : 1 + countOf(text.matchAll(/\r\n|\r|\n/g));
}

function mostFrequent(counts: ReadonlyMap<string, number>): PromptFacts["frequentWords"] {
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort(([, left], [, right]) => right - left)
    .slice(0, 3)
    .map(([word, count]) => ({ word, count }));
}
