/** Makes pieces of a stream whose events may repeat all that came before (DashScope's native API, unless `incremental_output`). */

/** Adds a lane's text of one event. Yields what is new as far as it is certain. */
export interface CumulativeText {
  /** `lane` keeps texts apart that grow side by side. */
  push(lane: string, text: string): readonly Grown[];
  /** What was held back. */
  end(): readonly Grown[];
}

export interface Grown {
  readonly lane: string;
  readonly text: string;
}

/** So much repeated is no chance: a model that says "ha", "haha" repeats less. */
const telling = 8;

interface Lane {
  /** The texts of its events while it is open what they are; their last one later. */
  texts: string[];
  /** How much of the first text, or of the growing one, has been passed on. */
  passed: number;
}

/**
 * Whether a stream is cumulative is decided once for all of its lanes: a text that does not begin with the one before
 * makes it incremental, one that does so with `telling` characters cumulative. Until then, and for good where that
 * never comes, it counts as cumulative, which is the API's default; what the other reading would add is held back.
 */
export function createCumulativeText(): CumulativeText {
  const lanes = new Map<string, Lane>();
  let kind: "open" | "cumulative" | "incremental" = "open";

  const settle = (): readonly Grown[] =>
    [...lanes].flatMap(([lane, state]) => {
      const whole = kind === "incremental" ? state.texts.join("") : (state.texts.at(-1) ?? "");
      const text = whole.slice(state.passed);
      state.texts = [whole];
      state.passed = whole.length;
      return text === "" ? [] : [{ lane, text }];
    });

  const push = (lane: string, text: string): readonly Grown[] => {
    if (text === "" || kind === "incremental") {
      return text === "" ? [] : [{ lane, text }];
    }
    const state = lanes.get(lane);
    if (state === undefined) {
      lanes.set(lane, { texts: [text], passed: text.length });
      return [{ lane, text }];
    }
    const before = state.texts.at(-1) ?? "";
    if (kind === "cumulative" && !text.startsWith(before)) {
      // A lane that begins anew: what it says is new.
      lanes.set(lane, { texts: [text], passed: text.length });
      return [{ lane, text }];
    }
    state.texts.push(text);
    if (!text.startsWith(before)) {
      kind = "incremental";
    } else if (before.length >= telling) {
      kind = "cumulative";
    }
    return kind === "open" ? [] : settle();
  };

  return { push, end: () => (kind === "open" ? settle() : []) };
}
