import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new empty folder. It is removed by `remove`, or else when this process exits. */
export type TemporaryFolder = { readonly path: string; readonly remove: () => void };

/** Makes one; `purpose` is part of its name. */
export function temporaryFolder(purpose: string): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), `qwen-endpoints-${purpose}-`));
  const remove = (): void => {
    process.removeListener("exit", remove);
    rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once("exit", remove);
  return { path, remove };
}
