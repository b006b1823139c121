import assert from "node:assert/strict";
import type { Frame } from "playwright-core";

import type { RunRecord } from "../../src/shared/runRecord.ts";
import {
  demoEntry,
  type DemoServer,
  openWithEndpoints,
  startDemoServer,
  until,
  type Workbench,
} from "./openWithEndpoints.ts";
import { type OtherExtension, packOtherExtension } from "./otherExtension.ts";
import { pictures } from "./themes.ts";

/** What VS Code has written down of the workspace's state under this name, as text. */
const readKeptPanels = `(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith("vscode-web-state-db-")) continue;
    const database = await done(indexedDB.open(name));
    const values = await done(database.transaction("ItemTable").objectStore("ItemTable").getAll());
    database.close();
    const found = values.find((value) => String(value).includes('"run-panels"'));
    if (found !== undefined) return String(found);
  }
  return "";
})()`;

describe("the runs of a window", () => {
  let workbench: Workbench;
  let demo: DemoServer;
  let programs: OtherExtension;
  before(async () => {
    [demo, programs] = await Promise.all([startDemoServer({ tokensPerSecond: 40 }), packOtherExtension()]);
    workbench = await openWithEndpoints([demoEntry(demo)], {
      vsixBeside: programs.vsix,
      settings: { "qwen.test.depth": "basic" },
    });
  });
  after(async () => {
    await workbench.close();
    await demo.close();
  });

  const ask = (prompt: string, tokens: number): Promise<RunRecord> =>
    programs.execute("qwen.sendChat", {
      endpoint: "demo",
      prompt,
      extra: { demo_tokens: tokens },
    }) as Promise<RunRecord>;
  const list = (): Promise<Frame> => workbench.webviewWith(".runs-open");
  const titles = async (): Promise<readonly string[]> =>
    (await list()).locator(".runs-title").allInnerTexts();
  const panels = (): Promise<number> => workbench.page.locator(".tab", { hasText: "Qwen:" }).count();

  /** At once: VS Code writes down what a page keeps only some seconds later. */
  const reloaded = async (): Promise<Frame> => {
    await workbench.page.reload();
    await workbench.treeRow("Endpoints", "Demo endpoint").waitFor({ timeout: 60_000 });
    return workbench.webviewWith(".runs-tools");
  };

  it("has room in one panel for two programs that ask at once; neither ends the other", async () => {
    const first = ask("Why is the sky blue?", 300);
    const page = await list();
    await page.locator(".runs-open", { hasText: "Why is the sky blue?" }).waitFor();
    const second = ask("And why is it red at sunset?", 300);
    await page.locator(".input-text", { hasText: "And why is it red at sunset?" }).waitFor();
    const states = page.locator(".runs-state");
    assert.deepEqual(await states.allTextContents(), ["Running", "Running"]);
    assert.equal(await panels(), 1);
    await page.locator(".runs-open", { hasText: "Why is the sky blue?" }).click();
    await page.locator(".input-text", { hasText: "Why is the sky blue?" }).waitFor();
    await page.locator(".answer").waitFor();
    const records = await Promise.all([first, second]);
    assert.deepEqual(
      records.map(({ outcome }) => outcome),
      ["finished", "finished"],
    );
    await page.locator(".head").getByText("Finished").waitFor();
    assert.ok((await page.locator(".answer").innerText()).length > 0, "it went on while it was not shown");
    await until("both rows have ended", async () =>
      (await states.allTextContents()).every((state) => state === "Finished"),
    );
  });

  it("adds tests to the same list, and takes off what is removed", async () => {
    await workbench.runCommand("Qwen: Test Endpoint");
    const page = await list();
    await until(
      "the test has ended",
      async () =>
        (await page.locator(".runs-state").allTextContents()).join() === "Finished,Finished,Finished",
    );
    await ask("This one goes", 5);
    // The program has its record before the page is told: a run that goes on is not removed.
    const goes = page.locator(".runs-open", { hasText: "This one goes" });
    await goes.locator(".runs-state", { hasText: "Finished" }).waitFor({ state: "attached" });
    await goes.press("Delete");
    await until("it is off the list", async () => !(await titles()).includes("This one goes"));
    await page.getByText("Healthy").first().waitFor();
    assert.deepEqual(await titles(), [
      "Demo endpoint",
      "And why is it red at sunset?",
      "Why is the sky blue?",
    ]);
  });

  it("is seen in pictures", async () => {
    const page = await list();
    await page.locator(".runs-open", { hasText: "And why is it red" }).click();
    await page.locator(".metrics").first().waitFor();
    await page.locator(".head h1").click();
    await pictures(workbench, "runs", page);
  });

  const keptPanels = (): Promise<string> => workbench.page.evaluate<string>(readKeptPanels);

  it("is there again after the window was reloaded, with answers that can be copied", async () => {
    const kept = await keptPanels();
    await (await list()).locator(".runs-open", { hasText: "Why is the sky blue?" }).click();
    await (await list()).locator(".input-text", { hasText: "Why is the sky blue?" }).waitFor();
    // VS Code writes what it is given within a tenth of a second, and nothing any more once the window goes.
    await until("the shown run is written down", async () => (await keptPanels()) !== kept);
    const before = await titles();
    const answer = await (await list()).locator(".answer").innerText();
    const page = await reloaded();
    await page.locator(".input-text", { hasText: "Why is the sky blue?" }).waitFor();
    assert.deepEqual(await titles(), before);
    assert.equal(await page.locator(".answer").innerText(), answer);
    await page.locator(".head-actions").getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    await page.locator(".runs-open", { hasText: "Test · " }).click();
    await page.getByText("Healthy").first().waitFor();
  });

  it("shows a run that a reload ended as ended by it", async () => {
    void ask("What is never answered?", 5_000).catch(() => undefined);
    const page = await workbench.webviewWith(`.input-text:has-text("What is never answered?")`);
    await page.locator(".answer", { hasText: "Part 2" }).waitFor();
    const again = await reloaded();
    await again.locator(".runs-open", { hasText: "What is never answered?" }).click();
    await again.getByText("The window was reloaded while this was running").waitFor();
    await until("the server saw the client leave", () =>
      demo.log.some(({ finished }) => finished === "client-closed"),
    );
  });

  it("is empty after Clear, on the disk as well", async () => {
    const page = await list();
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("Nothing has run yet").waitFor();
    const again = await reloaded();
    await again.getByText("Runs (0)").waitFor();
  });

  it("opens another panel when this one is pinned, which stays as it is", async () => {
    await ask("And why is it red at sunset?", 5);
    const page = await list();
    await page.getByRole("button", { name: "Pin this panel" }).click();
    await page.locator(`[aria-pressed="true"]`).waitFor();
    const record = await ask("Who opens a second panel?", 5);
    assert.equal(record.outcome, "finished");
    await until("there are two panels", async () => (await panels()) === 2);
    const other = await workbench.webviewWith(`.input-text:has-text("Who opens a second panel?")`);
    assert.notEqual(other, page);
    await page.locator(".input-text", { hasText: "And why is it red at sunset?" }).waitFor();
    await workbench.page.locator(".tab", { hasText: "Qwen:" }).last().click({ button: "middle" });
    await until("there is one panel", async () => (await panels()) === 1);
  });
});
