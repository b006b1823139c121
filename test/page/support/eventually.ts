import type { Page } from "playwright-core";

const patienceMs = 20_000;
const pauseMs = 20;

/** Resolves when the condition holds; after 20 s, or as long as is said, rejects with its text. Playwright's own `waitForFunction` needs `eval`, which the page forbids. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  withinMs = patienceMs,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error(`In vain waited for: ${condition.toString()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** The same for an expression in the page. */
export function eventuallyInPage(page: Page, expression: string, withinMs?: number): Promise<void> {
  return eventually(async () => (await page.evaluate(expression)) === true, withinMs);
}
