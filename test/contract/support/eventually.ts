import { setTimeout } from "node:timers/promises";

/** Settles as soon as the condition holds; fails with its name when it does not within five seconds. */
export async function eventually(name: string, holds: () => boolean): Promise<void> {
  const startMs = performance.now();
  while (!holds()) {
    if (performance.now() - startMs > 5000) throw new Error(`not within 5 s: ${name}`);
    await setTimeout(5);
  }
}
