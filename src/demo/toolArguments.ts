import { isJsonObject, type JsonObject } from "./json.ts";

/** Arguments for a call: a value of the right type for each property of the schema, texts taken from the prompt. */
export function toolArguments(parameters: unknown, prompt: string): JsonObject {
  const properties = isJsonObject(parameters) ? parameters["properties"] : undefined;
  if (!isJsonObject(properties)) return {};
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, valueFor(schema, prompt)]),
  );
}

function valueFor(schema: unknown, prompt: string): unknown {
  const { type, enum: choices } = isJsonObject(schema) ? schema : {};
  if (Array.isArray(choices) && choices.length > 0) return choices[0] as unknown;
  switch (type) {
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return true;
    case "array":
      return [];
    case "object":
      return {};
    default:
      return nameIn(prompt) ?? "example";
  }
}

/** A capitalised word in the middle of a sentence is most likely a name. */
function nameIn(prompt: string): string | undefined {
  return /(?<=\p{Ll},? )\p{Lu}\p{L}+/u.exec(prompt)?.[0];
}
