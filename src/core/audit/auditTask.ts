/** From the path of a request to what it is for. */

import type { AuditTask } from "./auditEntry.ts";

/** OpenAI's routes, the servers' own, and DashScope's native ones. The first that fits counts. */
const tasks: readonly (readonly [RegExp, AuditTask])[] = [
  [/\/chat\/completions$|\/api\/chat$|\/responses$|\/messages$/, "chat"],
  [/\/aigc\/[a-z-]+\/generation$/, "chat"],
  [/\/embeddings?$|\/embed(_all|_sparse)?$|\/encode$|\/services\/embeddings\//, "embedding"],
  [/\/reranks?$|\/score$|\/services\/rerank\//, "rerank"],
  [/\/completions?$|\/(api\/)?generate(_stream)?$|\/infill$|:(stream)?generate[a-z]*$/i, "generate"],
  [/\/models(\/[^/]+)*$|\/api\/show$/, "models"],
];

export function auditTask(method: string, path: string): AuditTask {
  const bare = path.replace(/\/+$/, "");
  const found = tasks.find(([pattern]) => pattern.test(bare));
  // What is only looked at is about the server itself: health, version, info, metrics.
  return found?.[1] ?? (method === "GET" ? "models" : "other");
}

/** A question whose answer has no form of its own, such as `/health` with an empty body. */
export function isFreeForm(task: AuditTask, path: string): boolean {
  return task === "models" && !/\/models\/*$/.test(path);
}
