import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { vsixPath } from "../paths.ts";
import { temporaryFolder, type TemporaryFolder } from "../temporary.ts";
import { startServer } from "./server.ts";
import { openWindow, type EditorWindow, type WindowOptions } from "./window.ts";

/** A window's options, with files for a workspace of its own instead of a folder. */
export type WorkbenchOptions = Omit<WindowOptions, "folder"> & {
  /** Content by path inside the workspace; a README.md alone when left out. */
  readonly files?: Readonly<Record<string, string>>;
  /** As `ServerOptions.trust`. */
  readonly trust?: "asked";
};

/** A window together with the workspace it shows. */
export type Workbench = EditorWindow & { readonly folder: string };

/** A fresh server with the packaged extension (`npm run package`; `npm test` has just built it), and a window on a fresh workspace. `close` ends all of it. Takes about 7 s. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const { files = { "README.md": "# Workspace\n" }, settings = {}, trust, ...look } = options;
  const { path: folder, remove } = writeWorkspace(files);
  const server = await startServer({
    vsix: process.env["QWEN_VSIX"] ?? vsixPath(),
    settings,
    ...(trust === undefined ? {} : { trust }),
  });
  try {
    const window = await openWindow(server, { ...look, folder });
    const close = async (): Promise<void> => {
      await window.close();
      await server.stop();
      remove();
    };
    return { ...window, folder, close };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function writeWorkspace(files: Readonly<Record<string, string>>): TemporaryFolder {
  const folder = temporaryFolder("workspace");
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder.path, path);
    if (!existsSync(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}
