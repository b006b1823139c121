/** The limit that a refusal names, such as "must be in [0, 2]" or "expected a value <= 32768". */

const number = String.raw`(-?\d+(?:\.\d+)?)`;
const interval = new RegExp(String.raw`([[(])\s*${number}\s*,\s*${number}\s*([\])])`);
const chain = new RegExp(String.raw`${number}\s*<=\s*value\s*<=\s*${number}`);
const highest = new RegExp(
  String.raw`(?:<=|less than or equal to|at most|not? (?:greater|more|larger) than|up to)\s*${number}`,
  "i",
);
const lowest = new RegExp(
  String.raw`(?:>=|greater than or equal to|at least|not? (?:less|smaller) than)\s*${number}`,
  "i",
);
const onlyOne = new RegExp(String.raw`only the default \(${number}\)`, "i");

/** Limits of input and answer together: the value that fits depends on the input. */
const together = /context|max_model_len|max_seq_len|max_total_tokens|`inputs`/i;

/** The nearest value that is allowed; undefined where none is named, or the one that was sent is. */
export function namedLimit(message: string, sent: number): number | undefined {
  if (together.test(message)) {
    return undefined;
  }
  const only = onlyOne.exec(message)?.[1];
  if (only !== undefined) {
    return Number(only);
  }
  const [, opens, from, to, closes] = interval.exec(message) ?? [];
  const [, least, most] = chain.exec(message) ?? [];
  const low = least ?? (from === undefined ? lowest.exec(message)?.[1] : opens === "[" ? from : undefined);
  const high = most ?? (to === undefined ? highest.exec(message)?.[1] : closes === "]" ? to : undefined);
  if (high !== undefined && sent > Number(high)) {
    return Number(high);
  }
  return low !== undefined && sent < Number(low) ? Number(low) : undefined;
}
