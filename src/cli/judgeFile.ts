/** `qwen-endpoints judge`: recorded replies in, their finding codes out, a line each. */

import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

import * as l10n from "@vscode/l10n";

import { parseJson } from "../core/diagnosis/errorEnvelope.ts";
import { judgeRecorded } from "../core/diagnosis/judgeRecorded.ts";

interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly out: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** `spoilt`: the file can not be read, or a line of it is no recorded reply; the other lines are judged all the same. */
export async function judgeFile(
  file: string,
  { input, out, complain }: Streams,
): Promise<"whole" | "spoilt"> {
  const name = file === "-" ? "stdin" : file;
  const lines = createInterface({
    input: file === "-" ? input : createReadStream(file),
    crlfDelay: Infinity,
  });
  let number = 0;
  let state: "whole" | "spoilt" = "whole";
  try {
    for await (const line of lines) {
      number += 1;
      const text = number === 1 ? line.replace(/^\ufeff/, "") : line;
      const judged = text.trim() === "" ? "" : await judgeLine(text);
      if (judged === undefined) {
        state = "spoilt";
        complain(
          l10n.t(
            "{0}:{1}: is no recorded reply; a line is one JSON object with server, case, request, status and body.",
            name,
            number,
          ),
        );
      } else if (judged !== "") {
        out(judged);
      }
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    complain(
      l10n.t("{0}: can not be read ({1}). Name a file with a recorded reply on each line.", name, reason),
    );
    return "spoilt";
  }
  return state;
}

async function judgeLine(text: string): Promise<string | undefined> {
  const row = parseJson(text);
  const codes = await judgeRecorded(row);
  if (codes === undefined) {
    return undefined;
  }
  const { server = null, case: name = null } = row as { readonly server?: unknown; readonly case?: unknown };
  return JSON.stringify({ server, case: name, codes });
}
