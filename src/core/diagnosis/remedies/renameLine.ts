/** The line that gives a model a short name where its path is its id. */

import { isModelPath } from "../isModelPath.ts";
import { launchLine } from "./launchLine.ts";
import { loadedModel } from "./loadedModel.ts";
import type { About } from "./remedy.ts";

/** Under the name that is asked for, or the last part of the path. Empty where the model has a name already, and on a hosted server. */
export function renameLine(about: About): string {
  const { model = "", served = [] } = about;
  const loaded = loadedModel(about);
  const path = loaded?.id ?? model;
  if (!isModelPath(path) || (loaded === undefined && served.length > 0)) {
    return "";
  }
  const servedName = model === "" || isModelPath(model) ? shortName(model === "" ? path : model) : model;
  return launchLine(about, { servedName });
}

function shortName(path: string): string {
  return (
    path
      .replace(/[/\\]+$/, "")
      .split(/[/\\]/)
      .at(-1) ?? path
  );
}
