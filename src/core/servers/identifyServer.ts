/** Which server software answered, from what a models reply gives away. */

import { readServerError } from "../diagnosis/errorEnvelope.ts";
import { profiles } from "./profiles/index.ts";
import type { ServerProfile, Traits } from "./serverProfile.ts";

/** The profile of the server software, or undefined when nothing gives it away. `body` is the parsed models reply. */
export function identifyServer(
  headers: Readonly<Record<string, string>>,
  body: unknown,
  baseUrl: string,
): ServerProfile | undefined {
  const { id, owned_by: ownedBy, created } = firstModel(body);
  const traits: Traits = {
    header: (name) => headers[name] ?? "",
    hasHeader: (prefix) => Object.keys(headers).some((name) => name.startsWith(prefix)),
    ownedBy: typeof ownedBy === "string" ? ownedBy : "",
    firstId: typeof id === "string" ? id : "",
    created: typeof created === "number" ? created : undefined,
    error: readServerError(body)?.message ?? "",
    host: URL.canParse(baseUrl) ? new URL(baseUrl).hostname : "",
  };
  return profiles.find(({ matches }) => matches(traits));
}

function firstModel(body: unknown): Readonly<Record<string, unknown>> {
  const data = body === Object(body) ? (body as Record<string, unknown>)["data"] : undefined;
  const first: unknown = Array.isArray(data) ? data[0] : undefined;
  return first === Object(first) ? (first as Record<string, unknown>) : {};
}
