import * as vscode from "vscode";

import type { RunFiles } from "./runArchive.ts";

/** Files in the folder `runs` of the workspace's storage. Without a workspace there is no such storage, and nothing is kept: a question belongs to the work it was asked in. */
export function runFiles(storage: vscode.Uri | undefined): RunFiles {
  const folder = storage === undefined ? undefined : vscode.Uri.joinPath(storage, "runs");
  return folder === undefined ? nowhere : filesIn(folder);
}

const nowhere: RunFiles = {
  names: () => Promise.resolve([]),
  read: () => Promise.resolve(""),
  write: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};

function filesIn(folder: vscode.Uri): RunFiles {
  const { fs } = vscode.workspace;
  const file = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  return {
    names: async () =>
      (await fs.readDirectory(folder)).flatMap(([name, type]) =>
        type === vscode.FileType.File && name.endsWith(".json") ? [name] : [],
      ),
    read: async (name) => new TextDecoder().decode(await fs.readFile(file(name))),
    write: async (name, text) => {
      await fs.createDirectory(folder);
      await fs.writeFile(file(name), new TextEncoder().encode(text));
    },
    remove: async (name) => fs.delete(file(name)),
  };
}
