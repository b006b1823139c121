import { invalid, isJsonObject, valid, type Checked } from "./json.ts";
import { countTokens } from "./wordPieces.ts";

/** As OpenAI limits a batch. */
const mostTexts = 2048;
/** As Qwen3-Embedding and Qwen3-Reranker limit a text; it also bounds the work one request can cause. */
const mostTokens = 32_768;

/** Reads a list of texts, each given as a string or as `{ text }`; `field` is the name used in problems. */
export function readTexts(field: string, value: unknown): Checked<readonly string[]> {
  if (!Array.isArray(value)) return invalid(`${field} must be given as text or a list of texts.`);
  if (value.length === 0) return invalid(`${field} must not be empty.`);
  if (value.length > mostTexts)
    return invalid(`${field} has ${value.length} texts; at most ${mostTexts} are allowed.`);
  const texts: string[] = [];
  for (const [index, entry] of value.entries()) {
    const text = readText(`${field}[${index}]`, entry);
    if (text.state === "invalid") return text;
    texts.push(text.value);
  }
  return valid(texts);
}

/** Reads one text that must say something and fit the context. */
export function readText(field: string, value: unknown): Checked<string> {
  const text = isJsonObject(value) ? value["text"] : value;
  if (typeof text !== "string") return invalid(`${field} must be text; token ids are not supported.`);
  if (text === "") return invalid(`${field} must not be empty.`);
  const tokens = countTokens(text);
  if (tokens <= mostTokens) return valid(text);
  return invalid(
    `${field} has ${tokens} tokens. This model's maximum context length is ${mostTokens} tokens.`,
  );
}
