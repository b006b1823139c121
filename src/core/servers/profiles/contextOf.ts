/** The longest context that Qwen3 models take without more (servers.md 0.11); servers refuse to start with a longer one. */

import type { Task } from "../../endpoint/endpoint.ts";

export function contextOf(task: Task | undefined): number {
  return task === "embedding" || task === "rerank" ? 32768 : 40960;
}
