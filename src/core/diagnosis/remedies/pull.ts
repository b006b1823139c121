/** What to do where Ollama lacks a model. */

import * as l10n from "@vscode/l10n";

import { commandLine } from "../../servers/commandLine.ts";
import { visibleId } from "../../visible.ts";
import { isModelPath } from "../isModelPath.ts";
import type { About, Remedy } from "./remedy.ts";
import { withLine } from "./withLine.ts";

/** A line only for a name that Ollama may have: its library's, or one with an address or a tag. */
export function pull({ model = "", task }: About): Remedy {
  const own =
    model === "" ? (task === "embedding" ? "qwen3-embedding:0.6b" : "qwen3:8b") : libraryName(model);
  if (own !== undefined && model !== "") {
    return withLine(commandLine("ollama", "pull", own), (line) =>
      l10n.t(
        "Ollama has names of its own, and {0} is {1} there. Pull it, and ask for it by that name: {2}",
        visibleId(model),
        own,
        line,
      ),
    );
  }
  if (isModelPath(model) || (model.includes("/") && !/^hf\.co\/|:[^/]+$/.test(model))) {
    return {
      text: l10n.t(
        "Ollama has names of its own, not those of Hugging Face or a path. See what was pulled with ollama list, find the name in Ollama's library, and ask for it with its tag, as in qwen3:8b",
      ),
      commands: [],
    };
  }
  return withLine(commandLine("ollama", "pull", own ?? model), (line) =>
    l10n.t("Ollama has what was pulled, and an id without a tag means :latest. Pull it: {0}", line),
  );
}

/** The sizes of Qwen3 that Ollama's library holds under the same name; `Qwen/Qwen3-8B` is `qwen3:8b`. */
function libraryName(model: string): string | undefined {
  const found =
    /^(?:Qwen\/)?(?:(Qwen3-Embedding)-(0\.6B|4B|8B)|(Qwen3)-(0\.6B|1\.7B|4B|8B|14B|32B|30B-A3B|235B-A22B))$/i.exec(
      model,
    );
  const [name, size] = [found?.[1] ?? found?.[3], found?.[2] ?? found?.[4]];
  return name === undefined || size === undefined ? undefined : `${name}:${size}`.toLowerCase();
}
