/** What is wrong with a configured model id, next to what the server lists. */

import type { Task } from "../../endpoint/endpoint.ts";
import type { ModelInfo } from "../../endpoint/modelList.ts";
import type { ServerId } from "../../servers/serverId.ts";
import { profileOf } from "../../servers/profileOf.ts";
import type { ServerProfile } from "../../servers/serverProfile.ts";
import type { Finding, FindingCode, Fix } from "../finding.ts";
import { isModelPath } from "../isModelPath.ts";
import { renameLine } from "../remedies/renameLine.ts";
import type { Learned } from "../step.ts";
import { suggestModels } from "../suggestModels.ts";

/** Where what follows a colon is part of the name: Ollama's tags, OpenRouter's `:free`. */
const namesWithColon = new Set<ServerId>(["ollama", "openrouter"]);

/** A warning at most: the server may take the id all the same, and the request rung will tell. */
export function judgeModelId(
  configured: string,
  task: Task,
  { served = [], server }: Pick<Learned, "served" | "server">,
  baseUrl?: string,
): readonly Finding[] {
  const profile = profileOf(server?.id);
  if (served.length === 0) {
    return [];
  }
  const { id: serverId } = profile;
  const about = { serverId, version: server?.version, model: configured, task, baseUrl, served };
  // Named by what was loaded, the server can be told the name that is wanted instead.
  const line = renameLine(about);
  const rename: readonly Fix[] = line === "" ? [] : [{ kind: "copy-command", command: line }];
  if (served.every(({ id }) => id !== configured)) {
    return [notListed(configured, task, served, profile, rename)];
  }
  return isModelPath(configured)
    ? [{ code: "model.path-as-id", severity: "note", evidence: [`"${configured}"`], fixes: rename }]
    : [];
}

function notListed(
  configured: string,
  task: Task,
  served: readonly ModelInfo[],
  profile: ServerProfile,
  rename: readonly Fix[],
): Finding {
  const near = suggestModels(configured, served);
  const code = codeFor(configured, near, served, profile);
  return {
    code,
    severity: "warning",
    evidence: [`"${configured}"`, ...near.map((id) => `→ "${id}"`)],
    fixes: [
      ...near.map((id): Fix => ({ kind: "use-model", task, model: id })),
      ...(code === "model.path-as-id" ? rename : []),
      { kind: "list-models" },
    ],
  };
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
