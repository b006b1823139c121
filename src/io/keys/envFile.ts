/** Variables of an `.env` file; a bundle of its own, as few endpoints read one. Never touches our own environment. */

import { parse } from "dotenv";

import { readSmallFile } from "../smallFile.ts";

const longestBytes = 1024 * 1024;

/** Undefined where the file does not name the variable. */
export async function readEnvFile(path: string, name: string): Promise<string | undefined> {
  const text = (await readSmallFile(path, longestBytes)).bytes.toString("utf8");
  // Its parser looks at a run of blank lines anew from each of them: 100 KB of them would take minutes.
  const lines = text.replace(/^\ufeff/, "").split(/[\n\r\u2028\u2029]/);
  const filled = lines.filter((line) => line.trim() !== "").join("\n");
  // A list, as every object has a "constructor".
  return Object.entries(parse(filled)).find(([each]) => each === name)?.[1];
}
