import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { vsixPath } from "../paths.ts";
import { temporaryFolder, type TemporaryFolder } from "../temporary.ts";
import { startServer, type ServerOptions } from "./server.ts";
import { openWindow, type EditorWindow, type WindowOptions } from "./window.ts";

/** A window's options, with files for a workspace of its own instead of a folder. */
export type WorkbenchOptions = Omit<WindowOptions, "folder"> &
  Pick<ServerOptions, "env" | "workspaceTrust"> & {
    /** Content by path inside the workspace; a README.md alone when left out. */
    readonly files?: Readonly<Record<string, string>>;
    /** Of the workspace. */
    readonly folderName?: string;
    /** Called with the workspace's folder before a window shows it. */
    readonly prepare?: (folder: string) => void;
    /** The VSIX of another extension, to run beside ours. */
    readonly vsixBeside?: string;
  };

/** A window together with the workspace it shows. */
export type Workbench = EditorWindow & { readonly folder: string };

/** A fresh server with the packaged extension (`npm run package`; `npm test` has just built it), and a window on a fresh workspace. `close` ends all of it. Takes about 7 s. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const {
    files = { "README.md": "# Workspace\n" },
    folderName = "workspace",
    prepare = () => undefined,
    settings = {},
    env = {},
    workspaceTrust,
    vsixBeside,
    ...look
  } = options;
  const { path: folder, remove } = writeWorkspace(folderName, files);
  prepare(folder);
  const vsix = [process.env["QWEN_VSIX"] ?? vsixPath(), ...(vsixBeside === undefined ? [] : [vsixBeside])];
  const trust = workspaceTrust === undefined ? {} : { workspaceTrust };
  const server = await startServer({ vsix, settings, env, ...trust });
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

function writeWorkspace(name: string, files: Readonly<Record<string, string>>): TemporaryFolder {
  const { path: around, remove } = temporaryFolder("workspace");
  const path = join(around, name);
  mkdirSync(path);
  for (const [below, content] of Object.entries(files)) {
    const file = join(path, below);
    if (!existsSync(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return { path, remove };
}
