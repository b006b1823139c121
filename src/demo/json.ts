/** What a request body is once parsed: every field still has to be looked at before it is believed. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The answer of a check on a request: the value, or a sentence for the person who sent it. */
export type Checked<Value> =
  | { readonly state: "valid"; readonly value: Value }
  | { readonly state: "invalid"; readonly problem: string };

export function valid<Value>(value: Value): Checked<Value> {
  return { state: "valid", value };
}

export function invalid(problem: string): Checked<never> {
  return { state: "invalid", problem };
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Gives undefined for text that is no JSON and for JSON that is no object: a request body has to be one. */
export function parseJsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Reads an optional whole number of at least `least`; null counts as not given, as clients send both. */
export function optionalCount(
  request: JsonObject,
  field: string,
  least: number,
): Checked<number | undefined> {
  const value = request[field];
  if (value === undefined || value === null) return valid(undefined);
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return valid(value);
  return invalid(`${field} must be a whole number of at least ${least}.`);
}
