import { setImmediate } from "node:timers/promises";
import { badRequest, jsonReply, type DemoReply } from "./demoReply.ts";
import { dimensionLimits, embedText } from "./featureHashing.ts";
import { invalid, valid, type Checked, type JsonObject } from "./json.ts";
import { readTexts } from "./textInput.ts";
import { countTokens } from "./wordPieces.ts";

/** Answers `POST /v1/embeddings`; the model has been checked. Others get a turn after each text. */
export async function embeddingsReply(request: JsonObject): Promise<DemoReply> {
  const texts = readInput(request["input"]);
  if (texts.state === "invalid") return badRequest(texts.problem);
  const dimensions = readDimensions(request["dimensions"]);
  if (dimensions.state === "invalid") return badRequest(dimensions.problem);
  const encoding = readEncoding(request["encoding_format"]);
  if (encoding.state === "invalid") return badRequest(encoding.problem);

  const data: unknown[] = [];
  for (const [index, text] of texts.value.entries()) {
    const vector = embedText(text, dimensions.value);
    const embedding = encoding.value === "base64" ? toBase64(vector) : Array.from(vector);
    data.push({ object: "embedding", index, embedding });
    await setImmediate();
  }
  const tokens = texts.value.reduce((sum, text) => sum + countTokens(text), 0);
  const usage = { prompt_tokens: tokens, total_tokens: tokens };
  return jsonReply(200, { object: "list", data, model: request["model"], usage });
}

/** As OpenAI defines it: the bytes of little-endian 32-bit floats, whatever the machine's own order. */
export function toBase64(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes.toString("base64");
}

function readInput(value: unknown): Checked<readonly string[]> {
  return readTexts("input", typeof value === "string" ? [value] : value);
}

function readDimensions(value: unknown): Checked<number> {
  const { least, most, default: usual } = dimensionLimits;
  if (value === undefined || value === null) return valid(usual);
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most)
    return valid(value);
  return invalid(`dimensions must be a whole number from ${least} to ${most}; leave it out to get ${usual}.`);
}

function readEncoding(value: unknown): Checked<"float" | "base64"> {
  if (value === undefined || value === null || value === "float") return valid("float");
  return value === "base64" ? valid(value) : invalid('encoding_format must be "float" or "base64".');
}
