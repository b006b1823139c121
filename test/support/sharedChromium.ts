import type { Browser } from "playwright-core";
import { launchChromium } from "../../dev/workbench/chromium.ts";

/**
 * The one browser of a suite, started for the first page and closed after the last test. What is opened in it has a
 * context of its own, so nothing is shared but the program.
 */
export async function sharedChromium(): Promise<Browser> {
  const running = await shared.browser;
  if (running?.isConnected() === true) return running;
  shared.browser = launchChromium();
  return shared.browser;
}

const shared: { browser?: Promise<Browser> } = {};

after(async () => (await shared.browser)?.close());
