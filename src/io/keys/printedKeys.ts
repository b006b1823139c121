/** Keys that programs print, such as a vault's client, kept for as long as the endpoint says. */

import type { KeySource } from "../../core/endpoint/endpoint.ts";
import { runProgram } from "./runProgram.ts";

type CommandSource = Extract<KeySource, { from: "command" }>;

export interface PrintedKeys {
  /** Runs it once for everybody who asks at the same time. What failed is not kept. */
  read(source: CommandSource): Promise<string>;
  /** A server refused this key: the program runs again, but not a second time for the same key. */
  refused(source: CommandSource, key: string): void;
}

interface Known {
  running?: Promise<string>;
  printed?: { readonly text: string; readonly atMs: number };
  refused?: string;
}

/** `now` in milliseconds. */
export function printedKeys(longestBytes: number, now: () => number): PrintedKeys {
  const commands = new Map<string, Known>();
  const knownOf = ({ command }: CommandSource): Known => {
    const name = JSON.stringify(command);
    const known = commands.get(name) ?? {};
    commands.set(name, known);
    return known;
  };

  const run = async (known: Known, { command, timeoutSeconds }: CommandSource): Promise<string> => {
    try {
      const text = await runProgram({ command, timeoutMs: timeoutSeconds * 1000, longestBytes });
      known.printed = { text, atMs: now() };
      return text;
    } finally {
      delete known.running;
    }
  };

  return {
    read(source) {
      const known = knownOf(source);
      const { printed } = known;
      if (printed !== undefined && now() - printed.atMs < source.cacheSeconds * 1000) {
        return Promise.resolve(printed.text);
      }
      known.running ??= run(known, source);
      return known.running;
    },
    refused(source, key) {
      const known = knownOf(source);
      const isPrinted = known.printed?.text.includes(key) === true;
      if (isPrinted && known.refused !== key) {
        known.refused = key;
        delete known.printed;
      }
    },
  };
}
