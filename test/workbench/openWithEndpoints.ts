import { openWorkbench, type Workbench, type WorkbenchOptions } from "../../dev/workbench/openWorkbench.ts";
import { type DemoServer, startDemoServer } from "../../src/demo/demoServer.ts";
import { sharedChromium } from "../support/sharedChromium.ts";
import { tellWhatIsSeen } from "./tellWhatIsSeen.ts";

/** What the editor shows of its own that has nothing to do with us, and would be in the pictures. */
const quiet = {
  "chat.disableAIFeatures": true,
  "workbench.startupEditor": "none",
  "window.commandCenter": false,
};

/** A window with these endpoints configured, the Qwen container open. */
export async function openWithEndpoints(
  endpoints: unknown,
  options: WorkbenchOptions = {},
): Promise<Workbench> {
  const settings = {
    ...quiet,
    ...options.settings,
    ...(endpoints === undefined ? {} : { "qwen.endpoints": endpoints }),
  };
  const workbench = await openWorkbench({ browser: await sharedChromium(), ...options, settings });
  tellWhatIsSeen(workbench);
  await workbench.showContainer("Qwen");
  if (endpoints !== undefined) {
    // With a row in the view the extension is active, and its commands are in the palette.
    await workbench.page.locator(`.pane-body .monaco-list[role="tree"] .monaco-list-row`).first().waitFor();
  }
  return workbench;
}

/** A settings entry for a running demo server. */
export function demoEntry(
  demo: DemoServer,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const models = { chat: "demo-chat", embedding: "demo-embedding", rerank: "demo-reranker" };
  return {
    id: "demo",
    name: "Demo endpoint",
    baseUrl: demo.baseUrl,
    key: { from: "none" },
    models,
    ...more,
  };
}

export { startDemoServer, type DemoServer, type Workbench };

/** Opens a file and selects all of it. */
export async function selectAll(workbench: Workbench, file: string): Promise<void> {
  const { page } = workbench;
  await workbench.openFile(file);
  await page.locator(`.tab.active[data-resource-name="${file}"]`).waitFor();
  await page.locator(".editor-instance .view-lines").first().click();
  await page.keyboard.press("Control+A");
}

/** Runs a command that asks which endpoint, and picks it. */
export async function runOn(workbench: Workbench, command: string, endpoint: string): Promise<void> {
  await workbench.runCommand(command);
  await pick(workbench, endpoint);
}

/** Picks a row of the open quick pick by a part of its text. */
export async function pick(workbench: Workbench, text: string): Promise<void> {
  await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first().click();
}

/** Waits until this holds, up to 15 seconds, and says what was waited for otherwise. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!(await holds())) {
    if (performance.now() > deadline) {
      throw new Error(`not within 15 seconds: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
