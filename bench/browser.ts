import { chromium, type Browser, type CDPSession } from "playwright-core";
import { ensureChromium } from "../dev/workbench/chromium.ts";

/** Headless Chromium that does nothing besides what it is asked for. */
export async function launchQuiet(further: readonly string[] = []): Promise<Browser> {
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const quiet = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"];
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: [...sandbox, ...quiet, ...further],
  });
}

/** How long the page's main thread has worked so far: CPU time, as the browser counts it. */
export async function busySeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
}
