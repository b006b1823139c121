import assert from "node:assert/strict";

/** Waits until this holds, up to 5 seconds, and says what was waited for otherwise. */
export async function until(what: string, isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !isTrue(); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.ok(isTrue(), `not within 5 seconds: ${what}`);
}
