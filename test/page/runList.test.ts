import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { RunList } from "../../src/shared/runPanel.ts";
import { eventually, eventuallyInPage } from "./support/eventually.ts";
import type { RunPage, RunPageOptions } from "./support/runPage.ts";
import { finished, richAnswer, runOf, someRuns } from "./support/runs.ts";
import { useRunPages } from "./support/usePages.ts";

const wide = { width: 900, height: 500 };
const narrow = { width: 420, height: 500 };
const shown = runOf({}, { answer: "Blue.", end: finished });

describe("the list of runs", function () {
  const open = useRunPages({ snapshot: shown, list: someRuns, size: wide });
  let opened: RunPage;
  const show = async (options: RunPageOptions): Promise<RunPage> => {
    opened = await open(options);
    await opened.page.locator(".runs-tools").waitFor();
    return opened;
  };
  const rows = (): Locator => opened.page.locator(".runs-open");
  const toggle = (): Locator => opened.page.getByRole("button", { name: /^Runs \(/ });
  const lastAsked = (): unknown => opened.asked.at(-1);
  const asked = (name: string): Promise<void> => eventually(() => opened.asked.at(-1)?.name === name);

  it("stands beside the run where there is room, newest first, the shown one marked", async () => {
    const { page } = await show({});
    assert.deepEqual(await page.locator(".runs-title").allInnerTexts(), [
      "And at sunset?",
      "SGLang chat",
      "All endpoints",
      "Which of you is faster?",
      "天空为什么是蓝色的？",
      "Why is the sky blue?",
    ]);
    assert.deepEqual(await page.locator(".runs-origin").allInnerTexts(), [
      "SGLang chat · Qwen3-8B",
      "Test · Qwen3-8B",
      "Tests of all endpoints",
      "SGLang chat · Qwen3-8B",
      "SGLang chat · Qwen3-8B",
      "SGLang chat · Qwen3-8B",
    ]);
    const states = await page.locator(".runs-state").allTextContents();
    assert.deepEqual(states, ["Running", "Warnings", "Finished", "Stopped", "Failed", "Finished"]);
    assert.equal(await page.locator("[aria-current]").count(), 1);
    assert.equal(await rows().nth(5).getAttribute("aria-current"), "true");
    const [list, run] = await Promise.all([
      page.locator(".runs").boundingBox(),
      page.locator(".stage").boundingBox(),
    ]);
    assert.ok(list !== null && run !== null && list.x + list.width <= run.x + 1);
  });

  it("is folded into a bar where there is not, and unfolds over the run", async () => {
    const { page } = await show({ size: narrow });
    assert.equal(await rows().count(), 0);
    assert.equal(await page.getByText("Blue.").isVisible(), true);
    assert.equal(await toggle().innerText(), "Runs (6)");
    await toggle().click();
    assert.equal(await toggle().getAttribute("aria-expanded"), "true");
    await page.keyboard.press("Escape");
    await rows().first().waitFor({ state: "detached" });
    await toggle().click();
    await rows().nth(2).click();
    await asked("run/select");
    assert.deepEqual(lastAsked(), { name: "run/select", params: { runId: "run-4" } });
    await rows().first().waitFor({ state: "detached" });
  });

  it("goes from one form to the other as the panel is made wider or narrower", async () => {
    const { page } = await show({ size: narrow });
    await page.setViewportSize(wide);
    await rows().first().waitFor();
    await toggle().click();
    await rows().first().waitFor({ state: "detached" });
    assert.equal(await toggle().getAttribute("aria-expanded"), "false");
    await toggle().click();
    await rows().first().waitFor();
    await page.setViewportSize(narrow);
    await rows().first().waitFor({ state: "detached" });
  });

  it("selects a run, which the page then shows from its start", async () => {
    const { page, host } = await show({ snapshot: runOf({}, { answer: richAnswer, end: finished }) });
    await page.mouse.move(600, 300);
    await page.mouse.wheel(0, 400);
    await eventuallyInPage(page, "scrollY > 100");
    await rows().nth(3).click();
    await asked("run/select");
    assert.deepEqual(lastAsked(), { name: "run/select", params: { runId: "run-3" } });
    host.emit("run/shown", runOf({ runId: "run-3", input: "Which?" }, { answer: richAnswer, end: finished }));
    await page.getByText("Which?", { exact: true }).waitFor();
    assert.equal(await rows().nth(3).getAttribute("aria-current"), "true");
    await eventuallyInPage(page, "scrollY === 0");
  });

  it("takes the reader along with a run that streams and is longer than the page", async () => {
    const { page, host } = await show({});
    host.emit("run/shown", runOf({ runId: "run-6" }, { answer: richAnswer }));
    await page.getByRole("button", { name: "Stop", exact: true }).waitFor();
    await eventuallyInPage(page, "document.documentElement.scrollHeight - innerHeight - scrollY < 2");
    host.emit("run/appended", { runId: "run-6", answer: "More.\n\n".repeat(60), reasoning: "" });
    await eventuallyInPage(page, "document.documentElement.scrollHeight - innerHeight - scrollY < 2");
    const list = await page.locator(".runs").boundingBox();
    assert.deepEqual(
      [Math.abs(Math.round(list?.y ?? 99)), list?.height],
      [0, wide.height],
      "the list stays in sight",
    );
  });

  it("removes what has ended, with its button or the Delete key, and not what goes on", async () => {
    const { page } = await show({});
    await rows().nth(4).hover();
    await page.getByRole("button", { name: "Remove from the list: 天空为什么是蓝色的？" }).click();
    await asked("run/remove");
    assert.deepEqual(lastAsked(), { name: "run/remove", params: { runId: "run-2" } });
    await rows().nth(3).focus();
    await page.keyboard.press("Delete");
    await eventually(() => opened.asked.filter(({ name }) => name === "run/remove").length === 2);
    assert.deepEqual(lastAsked(), { name: "run/remove", params: { runId: "run-3" } });
    await rows().nth(0).focus();
    await page.keyboard.press("Delete");
    assert.equal(await page.getByRole("button", { name: "Remove from the list: And at sunset?" }).count(), 0);
    await page.getByRole("button", { name: "Clear" }).click();
    await asked("runs/clear");
    assert.equal(opened.asked.filter(({ name }) => name === "run/remove").length, 2);
  });

  it("says that nothing is shown when the run that was shown is gone", async () => {
    const { page, host } = await show({});
    host.emit("runs/listed", { runs: [], pin: "free" });
    await page.getByText("Nothing has run yet").waitFor();
    assert.equal(await toggle().innerText(), "Runs (0)");
  });

  it("is one stop for the Tab key, arrow keys go through it, and the focus stays when rows change", async () => {
    const { page, host } = await show({});
    await page.getByRole("button", { name: "Pin this panel" }).focus();
    await page.keyboard.press("Tab");
    const focused = (): Promise<string> =>
      page.evaluate(`document.activeElement.querySelector(".runs-title")?.textContent ?? ""`);
    assert.equal(await focused(), "Why is the sky blue?");
    const path: string[] = [];
    for (const key of ["ArrowUp", "ArrowUp", "Home", "ArrowUp", "End", "ArrowDown"]) {
      await page.keyboard.press(key);
      path.push(await focused());
    }
    assert.deepEqual(path, [
      "天空为什么是蓝色的？",
      "Which of you is faster?",
      "And at sunset?",
      "And at sunset?",
      "Why is the sky blue?",
      "Why is the sky blue?",
    ]);
    const more: RunList = {
      ...someRuns,
      runs: [{ ...someRuns.runs[0]!, runId: "run-7", title: "New" }, ...someRuns.runs],
    };
    host.emit("runs/listed", more);
    await page.getByText("Runs (7)").waitFor();
    assert.equal(await focused(), "Why is the sky blue?");
    await page.keyboard.press("Enter");
    await asked("run/select");
    assert.deepEqual(lastAsked(), { name: "run/select", params: { runId: "run-1" } });
  });

  it("pins the panel and lets it go again, as the extension says", async () => {
    const { page, host } = await show({});
    const pin = page.getByRole("button", { name: "Pin this panel" });
    assert.equal(await pin.getAttribute("aria-pressed"), "false");
    await pin.click();
    await asked("panel/pin");
    assert.deepEqual(lastAsked(), { name: "panel/pin", params: { pin: "pinned" } });
    host.emit("runs/listed", { ...someRuns, pin: "pinned" });
    await eventually(async () => (await pin.getAttribute("aria-pressed")) === "true");
    await pin.click();
    await eventually(() => opened.asked.filter(({ name }) => name === "panel/pin").length === 2);
    assert.deepEqual(lastAsked(), { name: "panel/pin", params: { pin: "free" } });
  });

  it("keeps with VS Code which run it shows and whether it is pinned, for a reload", async () => {
    const { page, host } = await show({});
    const kept = (): Promise<unknown> => page.evaluate('JSON.parse(sessionStorage.getItem("state") ?? "{}")');
    await eventuallyInPage(page, 'sessionStorage.getItem("state")?.includes("pin") === true');
    assert.deepEqual(await kept(), { runId: "run-1", pin: "free" });
    host.emit("run/shown", runOf({ runId: "run-6" }));
    host.emit("runs/listed", { ...someRuns, pin: "pinned" });
    await eventuallyInPage(
      page,
      `(({ runId, pin }) => runId === "run-6" && pin === "pinned")(JSON.parse(sessionStorage.getItem("state")))`,
    );
  });

  it("begins a new chat with what the extension gives, and says why when it can not", async () => {
    const drafts = [() => Promise.reject(new Error("No endpoints yet.")), () => Promise.resolve(draft)];
    const { page } = await show({ handlers: { "draft/of": () => drafts.shift()!() } });
    await page.getByRole("button", { name: "New chat" }).click();
    await page.getByRole("alert").getByText("No endpoints yet.").waitFor();
    await page.getByRole("button", { name: "New chat" }).click();
    await page.locator(".head").waitFor({ state: "detached" });
    assert.deepEqual(opened.asked.findLast(({ name }) => name === "draft/of")?.params, { answer: "without" });
    assert.equal(await page.locator("[aria-current]").count(), 0);
  });

  it("shows titles from the wire as text, whatever stands in them", async () => {
    const title = `<img src=x onerror="toTest('ran')">\u202Eabc`;
    const { page } = await show({ list: { runs: [{ ...someRuns.runs[5]!, title }], pin: "free" } });
    assert.equal(await page.locator(".runs img").count(), 0);
    assert.equal((await page.locator(".runs-title").innerText()).includes("\u202E"), false);
  });

  for (const [restored, buttons] of [
    ["repeatable", ["Again", "Copy"]],
    ["record", ["Copy"]],
  ] as const) {
    it(`offers ${buttons.join(" and ")} for a restored run that is ${restored}`, async () => {
      const end = { state: "stopped", by: "reload" } as const;
      const { page } = await show({ snapshot: runOf({}, { answer: "Bec", end, restored }) });
      await page.getByText("The window was reloaded while this was running").waitFor();
      assert.deepEqual(await page.locator(".head-actions button").allInnerTexts(), [...buttons]);
    });
  }
});

const draft = { endpointId: "a", model: "", system: "", messages: [], parameters: {}, extra: "" };
