import assert from "node:assert/strict";
import type { Frame } from "playwright-core";

import {
  demoEntry,
  type DemoServer,
  openWithEndpoints,
  selectAll,
  startDemoServer,
  until,
  type Workbench,
} from "./openWithEndpoints.ts";
import { pictures } from "./themes.ts";

const question = "Why is the sky blue? Answer in a few sentences.\n";
/** Its answer takes minutes: however slow the machine, it is stopped in the middle. */
const longRequest = JSON.stringify({ messages: [{ role: "user", content: question }], demo_tokens: 2_000 });

interface Course {
  /** Columns with an answer. */
  readonly answering: number;
  /** Columns with a Stop of their own. */
  readonly running: number;
}

describe("Compare Models in the window", () => {
  let workbench: Workbench;
  let quick: DemoServer;
  let slow: DemoServer;
  before(async () => {
    quick = await startDemoServer({ tokensPerSecond: 12 });
    slow = await startDemoServer({ tokensPerSecond: 7 });
    const endpoints = [
      demoEntry(quick, { id: "quick", name: "SGLang on the GPU box" }),
      demoEntry(slow, { id: "slow", name: "llama.cpp here" }),
    ];
    workbench = await openWithEndpoints(endpoints, {
      files: { "question.txt": question, "long.json": longRequest },
    });
  });
  after(async () => {
    await workbench.close();
    await Promise.all([quick.close(), slow.close()]);
  });

  const row = (text: string) =>
    workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
  const title = (text: string) =>
    workbench.page.locator(".quick-input-widget:visible .quick-input-title", { hasText: text });
  const courseOf = (page: Frame): Promise<Course> =>
    page.evaluate<Course>(`({
      answering: [...document.querySelectorAll(".compare-column .answer")].filter((answer) => answer.innerText.trim() !== "").length,
      running: document.querySelectorAll(".compare-column .icon-stop").length,
    })`);

  const bothStream = (page: Frame): Promise<void> =>
    until("both answer, and neither has ended", async () => {
      const { answering, running } = await courseOf(page);
      return answering === 2 && running === 2;
    });
  const states = async (page: Frame): Promise<readonly string[]> =>
    (await page.locator(".compare-state").allInnerTexts()).map((state) => state.trim());
  /** How many requests ended because the client closed the connection. */
  const left = (server: DemoServer): number =>
    server.log.filter(({ finished }) => finished === "client-closed").length;

  const compare = async (file: string): Promise<void> => {
    await selectAll(workbench, file);
    await workbench.runCommand("Qwen: Compare Models…");
  };
  const chooseSecond = async (): Promise<void> => {
    await row("llama.cpp here").click();
    await workbench.page.locator(".quick-input-count", { hasText: "2" }).waitFor();
    await workbench.page.keyboard.press("Enter");
  };

  it("lets two to four models be chosen, and says so when they are fewer", async () => {
    await compare("long.json");
    await row("SGLang on the GPU box").click();
    await workbench.page.keyboard.press("Enter");
    await title("At least 2 models").waitFor();
    await chooseSecond();
    const page = await workbench.webviewWith(".compare-column");
    await page.getByText("Why is the sky blue?").first().waitFor();
    assert.equal(await page.locator(".compare-column").count(), 2);
  });

  it("streams both at once", async () => {
    const page = await workbench.webviewWith(".compare-column");
    await bothStream(page);
    assert.equal(await page.locator(".compare-table").count(), 0);
  });

  it("stops one alone, on the wire, while the other goes on", async () => {
    const page = await workbench.webviewWith(".compare-column");
    const column = page.getByRole("region", { name: "llama.cpp here" });
    await column.getByRole("button", { name: "Stop" }).click();
    await column.getByText("Stopped", { exact: true }).waitFor();
    await until("the slow server saw the client leave", () => left(slow) === 1);
    const other = page.getByRole("region", { name: "SGLang on the GPU box" }).locator(".answer");
    const before = (await other.innerText()).length;
    await until("more of the other answer", async () => (await other.innerText()).length > before);
    assert.equal(left(quick), 0);
  });

  it("stops what still runs with the button above them, be it one or both", async () => {
    const page = await workbench.webviewWith(".compare-column");
    const stopAll = page.locator("header.head").getByRole("button", { name: "Stop" });
    await stopAll.click();
    await until("the quick server saw the client leave", () => left(quick) === 1);
    await page.getByRole("button", { name: "Again" }).click();
    await bothStream(page);
    await stopAll.click();
    await until("both servers saw the client leave", () => left(quick) === 2 && left(slow) === 2);
    await page.getByRole("button", { name: "Again" }).waitFor();
    assert.deepEqual(await states(page), ["Stopped", "Stopped"]);
  });

  it("lets both come to their end, and puts their figures into one table", async () => {
    // A click, not a key: keys of a page arrive in the window later, and would close what is opened next.
    await workbench.page.locator('.tab[data-resource-name="long.json"]').click();
    await compare("question.txt");
    await row("SGLang on the GPU box").click();
    await chooseSecond();
    const page = await workbench.webviewWith(".compare-column");
    await page.locator(".compare-table").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Again" }).waitFor({ timeout: 60_000 });
    assert.deepEqual(await states(page), ["Finished", "Finished"]);
    for (const name of ["First token", "Tokens/s", "Total time", "Finish reason"]) {
      await page.getByRole("rowheader", { name, exact: true }).waitFor();
    }
    assert.equal(
      await page.locator("tr", { hasText: "Tokens/s" }).locator("td").first().locator(".icon-done").count(),
      1,
      "the quicker one has the better rate",
    );
    await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
    // Down to where the ends of the answers and the figures are both to be seen.
    await page.evaluate("scrollTo({ top: 250, behavior: 'instant' })");
    await pictures(workbench, "compare", page);
  });
});
