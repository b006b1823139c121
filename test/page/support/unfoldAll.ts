import type { Page } from "playwright-core";

/** What is unfolded may hold more that unfolds. */
export async function unfoldAll(page: Page): Promise<void> {
  for (let depth = 0; depth < 3; depth++) {
    await page.evaluate(
      `document.querySelectorAll("details").forEach((details) => { details.open = true; })`,
    );
    await page.evaluate(
      "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))",
    );
  }
}
