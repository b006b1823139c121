import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { inProject } from "../../dev/paths.ts";
import { sharedChromium } from "../support/sharedChromium.ts";

describe("npm start", () => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
    it(`shows the extension in an editor and leaves no process behind after ${signal}`, async () => {
      const started = await start();
      const page = await (await sharedChromium()).newPage();
      await page.goto(started.editor);
      await page.locator('.activitybar [aria-label^="Qwen"]').first().waitFor({ timeout: 30_000 });
      assert.ok(processesWith(started.mark) > 3, "the editor's processes should be found by their mark");

      started.script.kill(signal);
      await once(started.script, "exit");
      await untilGone(started.mark);
      await assert.rejects(fetch(started.editor), "the editor should be gone");
      await assert.rejects(fetch(`${started.demo}/models`), "the demo endpoint should be gone");
      await page.close();
    });
  }
});

type Started = {
  readonly script: ChildProcess;
  readonly editor: string;
  readonly demo: string;
  /** In the environment of every process that it starts. */
  readonly mark: string;
};

async function start(): Promise<Started> {
  const mark = randomUUID();
  const script = spawn("node", [inProject("dev", "bootstrap.mjs"), "start.ts", "--no-open"], {
    env: { ...process.env, QWEN_TEST_MARK: mark },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const addresses: string[] = [];
  for await (const line of createInterface(script.stdout)) {
    const address = /http:\/\/\S+/.exec(line)?.[0];
    if (address !== undefined) addresses.push(address);
    if (addresses.length === 2) break;
  }
  const [demo, editor] = addresses;
  assert.ok(demo !== undefined && editor !== undefined, "npm start should print two addresses");
  return { script, editor, demo, mark };
}

/** How many processes carry the mark. Only Linux tells; elsewhere the closed ports have to do. */
function processesWith(mark: string): number {
  if (process.platform !== "linux") return Number.POSITIVE_INFINITY;
  return readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && environmentOf(pid).includes(mark)).length;
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return "";
  }
}

async function untilGone(mark: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (process.platform === "linux" && processesWith(mark) > 0) {
    assert.ok(performance.now() < deadline, `${processesWith(mark)} processes are left`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
