/** What is wrong with a configured model id, next to what the server lists. */

import type { Task } from "../../endpoint/endpoint.ts";
import type { ModelInfo } from "../../endpoint/modelList.ts";
import type { ServerId } from "../../servers/serverId.ts";
import { profileOf } from "../../servers/profileOf.ts";
import type { ServerProfile } from "../../servers/serverProfile.ts";
import type { Finding, FindingCode, Fix } from "../finding.ts";
import { isModelPath } from "../isModelPath.ts";
import { nearestModels } from "../nearestModels.ts";
import type { Learned } from "../step.ts";

/** Where what follows a colon is part of the name: Ollama's tags, OpenRouter's `:free`. */
const namesWithColon = new Set<ServerId>(["ollama", "openrouter"]);

/** A warning at most: the server may take the id all the same, and the request rung will tell. */
export function judgeModelId(
  configured: string,
  task: Task,
  { served = [], server }: Pick<Learned, "served" | "server">,
): readonly Finding[] {
  const profile = profileOf(server?.id);
  if (served.length === 0) {
    return [];
  }
  const listed = served.find(({ id }) => id === configured);
  if (listed === undefined) {
    return [notListed(configured, task, served, profile, server?.version)];
  }
  const fixes = renameFixes(configured, shortName(configured), task, profile, server?.version);
  return isModelPath(configured)
    ? [{ code: "model.path-as-id", severity: "note", evidence: [`"${configured}"`], fixes }]
    : [];
}

function notListed(
  configured: string,
  task: Task,
  served: readonly ModelInfo[],
  profile: ServerProfile,
  version: string | undefined,
): Finding {
  const near = suggestions(configured, served);
  const code = codeFor(configured, near, served, profile);
  // Named by what was loaded, the server can be told the name that is wanted instead.
  const path = near.find(isModelPath);
  const isConfiguredPath = isModelPath(configured);
  const restart =
    code !== "model.path-as-id" || (path === undefined && !isConfiguredPath)
      ? []
      : renameFixes(
          path ?? configured,
          isConfiguredPath ? shortName(configured) : configured,
          task,
          profile,
          version,
        );
  return {
    code,
    severity: "warning",
    evidence: [`"${configured}"`, ...near.map((id) => `→ "${id}"`)],
    fixes: [
      ...near.map((id): Fix => ({ kind: "use-model", task, model: id })),
      ...restart,
      { kind: "list-models" },
    ],
  };
}

/** The nearest; those loaded from the configured path; and where there is one model only, that one. */
function suggestions(configured: string, served: readonly ModelInfo[]): readonly string[] {
  const loadedFrom = served.filter(({ root }) => root === configured).map(({ id }) => id);
  const near = nearestModels(
    configured,
    served.map(({ id }) => id),
  );
  const only = served.length === 1 ? served.map(({ id }) => id) : [];
  return [...new Set([...loadedFrom, ...near, ...only])].slice(0, 3);
}

function codeFor(
  configured: string,
  near: readonly string[],
  served: readonly ModelInfo[],
  { id: serverId, unknownModel }: ServerProfile,
): FindingCode {
  if (near.some((id) => id.toLowerCase() === configured.toLowerCase())) {
    return "model.wrong-case";
  }
  // `root` is the path the server loaded; the served name is what requests must say.
  if (isModelPath(configured) || near.some(isModelPath) || served.some(({ root }) => root === configured)) {
    return "model.path-as-id";
  }
  const [base] = configured.split(":");
  const isAdapter = serverId === "sglang" || served.some(({ id }) => id === base);
  if (configured.includes(":") && isAdapter && !namesWithColon.has(serverId)) {
    return "model.adapter-suffix";
  }
  return unknownModel === "refused" ? "model.not-listed" : "model.ignored";
}

function renameFixes(
  path: string,
  servedName: string,
  task: Task,
  { launch }: ServerProfile,
  version: string | undefined,
): readonly Fix[] {
  return launch === undefined
    ? []
    : [{ kind: "copy-command", command: launch({ model: path, task, servedName }, version) }];
}

function shortName(path: string): string {
  return (
    path
      .replace(/[/\\]+$/, "")
      .split(/[/\\]/)
      .at(-1) ?? path
  );
}
