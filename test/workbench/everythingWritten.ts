import { globSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Workbench } from "./openWithEndpoints.ts";

/** Where a key could come to light in a window, by what it is, with all that stands there. */
export async function everythingWritten(
  workbench: Workbench,
): Promise<readonly (readonly [place: string, text: string])[]> {
  const { page, server, folder } = workbench;
  const frames = await Promise.all(
    page
      .frames()
      .map(async (frame) => [`page ${frame.url()}`, await frame.content().catch(() => "")] as const),
  );
  return [
    ...frames,
    ["the server's output", server.log()],
    ...filesBelow(server.dataFolder),
    ...filesBelow(folder),
  ];
}

/**
 * Settings, logs (those of the output channels are among them), what extensions store. Left out are installed
 * extensions, which no window writes; SecretStorage has no file here: a browser window without a place of its server's
 * keeps secrets in the page's memory.
 */
function filesBelow(folder: string): readonly (readonly [string, string])[] {
  return globSync("**/*", { cwd: folder, exclude: (name) => name === "extensions" })
    .map((path) => join(folder, path))
    .filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true)
    .map((path) => [path, readFileSync(path, "latin1")] as const);
}
