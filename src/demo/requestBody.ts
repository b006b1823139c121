import type { IncomingMessage } from "node:http";

/** How reading a request body ended. */
export type BodyOutcome =
  | { readonly state: "read"; readonly bytes: Buffer }
  | { readonly state: "too-large" }
  | { readonly state: "client-closed" };

export const bodyLimitBytes = 32 * 1024 * 1024;

/** Reads at most the limit and keeps no more; settles exactly once and never rejects, whatever the client does. */
export function readBody(request: IncomingMessage): Promise<BodyOutcome> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("error", () => resolve({ state: "client-closed" }));
    request.on("close", () => resolve({ state: "client-closed" }));
    if (Number(request.headers["content-length"] ?? 0) > bodyLimitBytes) {
      resolve({ state: "too-large" });
      return;
    }
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= bodyLimitBytes) {
        chunks.push(chunk);
        return;
      }
      chunks.length = 0;
      resolve({ state: "too-large" });
    });
    request.on("end", () => resolve({ state: "read", bytes: Buffer.concat(chunks) }));
  });
}
