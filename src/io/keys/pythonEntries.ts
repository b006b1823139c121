/**
 * The entries of Python's keyring on Linux. There it names the account `username`, where keytar says `account`, so that
 * neither sees what the other wrote (measured with gnome-keyring 42, keytar 7.10, keyring 23.9 and 25.7). Through
 * `secret-tool` of Debian's libsecret-tools both are one; without it, keytar's own entry is all there is.
 */

import { failureReason, KeyFault } from "../../core/keys/keyFailure.ts";
import { longestKey } from "./keySources.ts";
import { runProgram } from "./runProgram.ts";

export interface PythonEntries {
  read(service: string, account: string): Promise<string | undefined>;
  /** `no-tool` where `secret-tool` is not installed. Rejects with a `KeyFault` for what the keyring refuses. */
  write(service: string, account: string, key: string): Promise<"written" | "no-tool">;
  /** Resolves with whether there was one. */
  clear(service: string, account: string): Promise<boolean>;
}

export function pythonEntries(timeoutMs: number): PythonEntries {
  const tool = (args: readonly string[], input = ""): Promise<string> =>
    runProgram({ command: ["secret-tool", ...args], timeoutMs, longestBytes: longestKey, input });
  // It ends with 1 both for no entry and for no keyring; that there is none, keytar has told before.
  const read = (service: string, account: string): Promise<string | undefined> =>
    tool(["lookup", "service", service, "username", account]).catch((error: unknown) => {
      if (error instanceof KeyFault) {
        throw error;
      }
      return undefined;
    });
  return {
    read,
    async write(service, account, key) {
      // Exactly what Python's keyring writes, so that either replaces the other's.
      const attributes = ["application", "Python keyring library", "service", service, "username", account];
      const label = `--label=Password for '${account}' on '${service}'`;
      try {
        await tool(["store", label, ...attributes], key);
        return "written";
      } catch (error) {
        if (failureReason(error) === "ENOENT") {
          return "no-tool";
        }
        throw new KeyFault("keychain-refused", "secret-tool store failed");
      }
    },
    async clear(service, account) {
      const old = await read(service, account);
      if (old !== undefined) {
        await tool(["clear", "service", service, "username", account]);
      }
      return old !== undefined;
    },
  };
}
