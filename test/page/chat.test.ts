import assert from "node:assert/strict";
import { eventually, eventuallyInPage } from "./support/eventually.ts";
import { append, type RunPage } from "./support/runPage.ts";
import { finished, missingV1, reasoning, refused, richAnswer, runOf } from "./support/runs.ts";
import { useRunPages } from "./support/usePages.ts";

describe("the page of a chat", function () {
  const show = useRunPages();

  it("says what to do while nothing has run", async () => {
    const { page } = await show({ snapshot: null });
    await page.getByText("Nothing has run yet").waitFor();
  });

  it("says so when the extension does not answer", async () => {
    const { page } = await show({ handlers: { "page/ready": () => Promise.reject(new Error("no panel")) } });
    await page.getByText("no panel").waitFor();
  });

  it("shows who is asked, what, from where, and with which key", async () => {
    const { page } = await show({ snapshot: runOf({}) });
    const header = page.locator("header");
    const facts = ["http://localhost:30000/v1", "Qwen3-8B", "this computer", "secret …abcd"];
    for (const text of ["SGLang chat", ...facts, "Waiting"]) {
      await header.getByText(text, { exact: true }).waitFor();
    }
    await page.getByText("Why is the sky blue?").waitFor();
  });

  it("keeps reasoning apart and folded, and streams the answer as Markdown", async () => {
    const opened = await show({ snapshot: runOf({}) });
    const { page, host } = opened;
    append(opened, { reasoning: "First I think. " });
    const summary = page.locator(".reasoning > summary");
    await page.getByText("Thinking…").waitFor();
    append(opened, { reasoning: "Then I know." });
    assert.equal(await page.locator(".reasoning-text").isVisible(), false);
    append(opened, { answer: "It is **bl" });
    await page.getByText("It is **bl").waitFor();
    append(opened, { answer: "ue**.\n\nAnd" });
    await page.locator(".answer strong", { hasText: "blue" }).waitFor();
    assert.match((await summary.textContent()) ?? "", /^Thought for \d/);
    await summary.click();
    assert.equal(await page.locator(".reasoning-text").textContent(), "First I think. Then I know.");
    host.emit("run/ended", { runId: "run-1", end: finished });
    await page.getByText("Finished", { exact: true }).waitFor();
    assert.equal(await page.locator(".answer").innerText(), "It is blue.\n\nAnd");
  });

  it("draws the same however the answer was cut into pieces", async () => {
    const whole = await show({ snapshot: runOf({}, { answer: richAnswer, end: finished }) });
    const pieces = await show({ snapshot: runOf({}) });
    for (let at = 0; at < richAnswer.length; at += 7) {
      append(pieces, { answer: richAnswer.slice(at, at + 7) });
    }
    pieces.host.emit("run/ended", { runId: "run-1", end: finished });
    const html = async ({ page }: RunPage): Promise<string> => {
      await page.locator(".answer a", { hasText: "Image" }).waitFor();
      await eventuallyInPage(page, `document.querySelector(".open-block")?.innerHTML === ""`);
      await eventuallyInPage(page, `document.querySelectorAll(".answer math").length === 1`);
      return page.locator(".answer").innerHTML();
    };
    assert.equal(await html(pieces), await html(whole));
  });

  it("colours code when its fence closes, and copies it as it was sent", async () => {
    const opened = await show({ snapshot: runOf({}) });
    const { page, asked } = opened;
    append(opened, { answer: '```python\nreturn "<b>"\n' });
    await page.locator(".code", { hasText: "return" }).waitFor();
    assert.equal(await page.locator(".hljs-keyword").count(), 0);
    append(opened, { answer: "```\n" });
    await page.locator(".hljs-keyword").waitFor();
    await page.locator(".code").getByRole("button", { name: "Copy" }).click();
    await page.locator(".code").getByRole("button", { name: "Copied" }).waitFor();
    await eventually(() => asked.length === 2);
    assert.deepEqual(asked.at(-1), { name: "code/copy", params: { text: 'return "<b>"\n' } });
  });

  it("shows the figures at the end, each with its definition", async () => {
    const { page, host } = await show({ snapshot: runOf({}, { answer: "Yes." }) });
    host.emit("run/ended", { runId: "run-1", end: finished });
    const row = page.locator(".metrics");
    for (const text of ["214 ms", "68.9", "1,234", "567", "89", "8.42 s", "stop"]) {
      await row.getByText(text, { exact: true }).waitFor();
    }
    assert.equal(await row.locator("> div:not([title])").count(), 0);
  });

  it("stops, runs again and copies, and says it when the host refuses", async () => {
    const { page, host, asked } = await show({
      snapshot: runOf({}, { answer: "Half" }),
      handlers: { "run/again": () => Promise.reject(new Error("The endpoint was removed.")) },
    });
    await page.getByRole("button", { name: "Stop" }).click();
    host.emit("run/ended", { runId: "run-1", end: { state: "stopped" } });
    await page.getByText("Stopped. The rest was not requested any more.").waitFor();
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    await page.getByRole("button", { name: "Again" }).click();
    await page.getByRole("alert").getByText("The endpoint was removed.").waitFor();
    assert.deepEqual(
      asked.map(({ name }) => name),
      ["page/ready", "run/stop", "run/copy", "run/again"],
    );
  });

  it("shows why it failed, with the fixes, one at a time", async () => {
    let settle: (outcome: "done" | "refused") => void = () => undefined;
    const applied: string[] = [];
    const { page, host } = await show({
      snapshot: runOf({}, { answer: "Half an ans" }),
      handlers: {
        "fix/apply": ({ fixId }) =>
          new Promise((resolve, reject) => {
            applied.push(fixId);
            settle = (outcome) =>
              outcome === "done" ? resolve(null) : reject(new Error("The settings are read-only."));
          }),
      },
    });
    host.emit("run/updated", { runId: "run-1", rungs: [], findings: [refused, missingV1] });
    host.emit("run/ended", { runId: "run-1", end: { state: "failed" } });
    await page.getByRole("heading", { name: "Nothing listens on port 30000" }).waitFor();
    await page.getByText("Half an ans").waitFor();
    await page.getByText("Evidence, 2 lines").click();
    await page.getByText("connect [::1]:30000 → ECONNREFUSED after 0.2 ms").waitFor();
    assert.equal(await page.getByText("GET /models/3").isVisible(), false);
    await page.getByText("Evidence, 14 lines").click();
    assert.equal(await page.getByText("GET /models/3").isVisible(), true);

    const fixes = page.locator(".fixes button");
    await fixes.nth(1).click();
    await eventuallyInPage(page, `document.querySelectorAll('.fixes [aria-disabled="true"]').length === 4`);
    await eventually(() => applied.length === 1);
    await fixes.nth(0).click({ force: true });
    settle("refused");
    await page.getByRole("alert").getByText("The settings are read-only.").waitFor();
    await fixes.nth(3).click();
    await eventually(() => applied.length === 2);
    settle("done");
    await page.locator(".fixes button:has(.icon-done)").waitFor();
    assert.deepEqual(applied, ["url", "v1"]);
  });

  it("asks for a link to be opened and never follows it", async () => {
    const { page, asked } = await show({ snapshot: runOf({}, { answer: richAnswer, end: finished }) });
    await page.getByRole("link", { name: "the article" }).click();
    await page.getByRole("link", { name: "the article" }).click({ button: "middle" });
    await page
      .getByRole("link", { name: "Image: A diagram of the scattering" })
      .click({ modifiers: ["Control"] });
    const links = (): typeof asked => asked.filter(({ name }) => name === "link/open");
    await eventually(() => links().length === 3);
    assert.deepEqual(
      links().map(({ params }) => (params as { url: string }).url),
      [
        "https://en.wikipedia.org/wiki/Rayleigh_scattering",
        "https://en.wikipedia.org/wiki/Rayleigh_scattering",
        "https://example.com/rayleigh.png",
      ],
    );
  });

  it("keeps clicks on links from the editor, which would open them a second time", async () => {
    const { page } = await show({
      snapshot: runOf({}, { answer: "[a](https://example.com)", end: finished }),
    });
    await page.evaluate(
      `document.addEventListener("click", () => globalThis.toTest("the document saw the click"))`,
    );
    await page.getByRole("link", { name: "a" }).click();
  });

  it("tells a screen reader where it stands, not the tokens", async () => {
    const opened = await show({ snapshot: runOf({}) });
    const { page, host } = opened;
    await page.evaluate(`
      globalThis.heard = [];
      const status = document.querySelector('[role="status"]');
      new MutationObserver(() => globalThis.heard.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
    `);
    const heard = (state: string): Promise<void> =>
      eventuallyInPage(page, `globalThis.heard.includes(${JSON.stringify(state)})`);
    append(opened, { reasoning });
    await heard("Thinking");
    append(opened, { answer: "One. " });
    await heard("Answering");
    for (let count = 0; count < 50; count++) {
      append(opened, { answer: "Two. " });
    }
    host.emit("run/ended", { runId: "run-1", end: finished });
    await page.getByText("The answer is complete.").waitFor({ state: "attached" });
    assert.deepEqual(await page.evaluate("globalThis.heard"), [
      "Thinking",
      "Answering",
      "The answer is complete.",
    ]);
    assert.equal(await page.locator(".answer [aria-live], .answer[aria-live]").count(), 0);
  });

  it("folds a long prompt", async () => {
    const { page } = await show({ snapshot: runOf({ input: "line\n".repeat(60) }) });
    const height = async (): Promise<number> => (await page.locator(".input-text").boundingBox())!.height;
    const folded = await height();
    await page.getByRole("button", { name: "Show all" }).click();
    const less = page.getByRole("button", { name: "Show less" });
    assert.equal(await less.getAttribute("aria-expanded"), "true");
    assert.ok(folded < 120 && (await height()) > 600);
  });

  it("speaks the language of the host's bundle", async () => {
    const texts = { Stop: "停止", Waiting: "等待中", Prompt: "提示词", Answer: "回答" };
    const { page } = await show({ snapshot: runOf({}), look: { language: "zh-cn", texts } });
    for (const text of Object.values(texts)) {
      await page.locator("#root").getByText(text, { exact: true }).first().waitFor();
    }
  });

  it("begins anew with another run, and hears nothing more of the old one", async () => {
    const opened = await show({ snapshot: runOf({}, { answer: "Old answer" }) });
    const { page, host } = opened;
    await page.getByText("Old answer").waitFor();
    host.emit("run/shown", runOf({ runId: "run-2" }));
    append(opened, { answer: " and more" });
    host.emit("run/appended", { runId: "run-2", answer: "New answer", reasoning: "" });
    await page.getByText("New answer").waitFor();
    assert.equal((await page.locator(".answer").innerText()).trim(), "New answer");
  });
});
