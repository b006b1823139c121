import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { eventually, eventuallyInPage } from "./support/eventually.ts";
import type { RunPage, RunPageOptions } from "./support/runPage.ts";
import { endedTests, noTests, runningTests, testRows, wrongPortTest } from "./support/testedEndpoints.ts";
import { unfoldAll } from "./support/unfoldAll.ts";
import { useRunPages } from "./support/usePages.ts";

describe("the report of a test", function () {
  const open = useRunPages();
  let opened: RunPage;
  const show = async (options: RunPageOptions): Promise<RunPage> => (opened = await open(options));

  it("reads verdict, findings, steps, with everything from the wire folded", async () => {
    const { page } = await show({ snapshot: wrongPortTest });
    const order = await page
      .locator(".verdict, h2")
      .evaluateAll((elements) => elements.map((element) => element.textContent));
    assert.deepEqual(order, [wrongPortTest.verdict?.text, "Findings", "Steps"]);
    assert.equal(await page.locator(".evidence:visible").count(), 0);
    await page.getByText("On port 3000 a Text Embeddings Inference server answers.").waitFor();
  });

  it("folds what the OpenAI SDK says under the finding", async () => {
    const { page } = await show({ snapshot: wrongPortTest });
    await page.locator(".finding summary", { hasText: "The OpenAI SDK says" }).click();
    await page.getByText("openai.NotFoundError: Error code: 404").waitFor();
  });

  it("says with a fix what it will change, to the screen reader too", async () => {
    const { page } = await show({ snapshot: wrongPortTest });
    const fix = page.getByRole("button", { name: "Set base URL to http://localhost:30000/v1" });
    const described = await fix.evaluate(
      (button) => document.getElementById(button.getAttribute("aria-describedby") ?? "")?.textContent,
    );
    assert.equal(described, "baseUrl: http://localhost:3000/v1 → http://localhost:30000/v1");
    await fix.click();
    await eventually(() => opened.asked.length === 2);
    assert.deepEqual(opened.asked.at(-1)?.params, { runId: "run-1", fixId: "http.wrong-path:0" });
  });

  it("unfolds a step to what was tried and to the bytes on the wire, and copies them", async () => {
    const { page } = await show({ snapshot: wrongPortTest });
    await page.locator("summary.rung-row", { hasText: "HTTP" }).press("Enter");
    assert.deepEqual(await page.locator(".variation").allInnerTexts(), [
      "✘\ndid not work:\nhttp://localhost:3000/models → 404",
      "✘\ndid not work:\nhttp://localhost:8000/v1 → ECONNREFUSED",
      "✔\nworked:\nhttp://localhost:30000/v1 → 200, 1 model: Qwen3-Embedding-4B",
    ]);
    await page.locator(".exchange > summary").last().press("Enter");
    const bodies = page.locator(".wire-body");
    assert.match(await bodies.last().innerText(), /\n {6}"id": "Qwen3-Embedding-4B",\n/);
    assert.match(await page.locator(".wire-lines").first().innerText(), /authorization: Bearer •••/);
    await page.getByRole("button", { name: "Copy exchange" }).press("Enter");
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const { text } = opened.asked.at(-1)?.params as { readonly text: string };
    assert.match(text, /^GET http:\/\/localhost:30000\/v1\/models\nauthorization: Bearer •••\n/);
    assert.match(text, /\n\nHTTP 200\ncontent-type: application\/json\n/);
  });

  it("says where a long body was cut, and that no reply came", async () => {
    const rungs = wrongPortTest.rungs.map((rung) => ({
      ...rung,
      exchanges: rung.exchanges.map((exchange) => ({ ...exchange, replyBody: "x".repeat(16_384) })),
    }));
    const { page } = await show({ snapshot: { ...wrongPortTest, rungs } });
    await unfoldAll(page);
    assert.equal(await page.getByText("Only the first 16384 characters were kept.").count(), 3);
    assert.equal(await page.getByText("No reply came.").count(), 1);
  });

  it("tells how many requests of a step made a model work", async () => {
    const rungs = wrongPortTest.rungs.map((rung, index) => ({
      ...rung,
      modelRequests: index < 2 ? index : 3,
    }));
    const { page } = await show({ snapshot: { ...wrongPortTest, rungs } });
    const marks = await page.locator(".rung-requests").allInnerTexts();
    assert.deepEqual(marks.slice(0, 2), ["1 model request", "3 model requests"]);
  });

  const forms = [
    { label: "Markdown, English", format: "markdown-en" },
    { label: "Markdown，中文", format: "markdown-zh-cn" },
    { label: "JSON", format: "json" },
  ];
  for (const { label, format } of forms) {
    it(`is copied as ${label}`, async () => {
      const { page } = await show({ snapshot: wrongPortTest, size: { width: 300, height: 600 } });
      const button = page.getByRole("button", { name: "Copy report" });
      await button.press("Enter");
      assert.equal(await button.getAttribute("aria-expanded"), "true");
      await page.getByRole("button", { name: label }).click();
      await page.getByRole("button", { name: "Copied" }).waitFor();
      assert.deepEqual(opened.asked.at(-1), { name: "report/copy", params: { runId: "run-1", format } });
    });
  }

  it("folds the forms to copy with Escape, and gives the focus back", async () => {
    const { page } = await show({ snapshot: wrongPortTest });
    await page.getByRole("button", { name: "Copy report" }).press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await page.locator(".forms").waitFor({ state: "detached" });
    await eventuallyInPage(page, 'document.activeElement.textContent === "Copy report"');
  });

  it("is no wider than 300 pixels, all unfolded", async () => {
    const { page } = await show({ snapshot: wrongPortTest, size: { width: 300, height: 600 } });
    await unfoldAll(page);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 300);
  });

  it("is Chinese in a Chinese window, but for what came from the wire", async () => {
    const file = new URL("../../l10n/bundle.l10n.zh-cn.json", import.meta.url);
    const texts = JSON.parse(await readFile(file, "utf8")) as Record<string, string>;
    const look = { language: "zh-cn", texts };
    const { page } = await show({ snapshot: wrongPortTest, look });
    await page.locator("summary.rung-row", { hasText: "HTTP" }).click();
    for (const text of [
      "重新测试",
      "复制报告",
      "诊断结果",
      "步骤",
      "已尝试的修复办法",
      "OpenAI SDK 的报错",
    ]) {
      await page.getByText(text, { exact: true }).first().waitFor();
    }
  });
});

describe("the summary of all tests", function () {
  const open = useRunPages();
  let opened: RunPage;
  const show = async (options: RunPageOptions): Promise<RunPage> => (opened = await open(options));

  it("is a table that fills while tests end", async () => {
    const { page, host } = await show({ snapshot: runningTests });
    await page.getByText("Tested 4 of 6 endpoints").waitFor();
    assert.deepEqual(await page.getByRole("columnheader").allInnerTexts(), [
      "Endpoint",
      "Verdict",
      "What is wrong, or latency",
      "Model",
      "Duration",
    ]);
    assert.equal(await page.getByRole("rowheader").count(), 6);
    const tests = testRows.map((row) => ({ ...row, state: "healthy" as const, durationMs: 5 }));
    host.emit("run/updated", { runId: "run-1", rungs: [], findings: [], tests });
    await page.getByText("Tested 6 of 6 endpoints").waitFor();
    assert.equal(await page.locator(".tested-healthy").count(), 6);
  });

  it("opens the report of a row", async () => {
    const { page } = await show({ snapshot: endedTests });
    await page.getByRole("button", { name: "vLLM on the GPU box" }).press("Enter");
    await eventually(() => opened.asked.length === 2);
    assert.deepEqual(opened.asked.at(-1), {
      name: "report/show",
      params: { runId: "run-1", endpointId: "gpu" },
    });
  });

  it("says when there is nothing to test", async () => {
    const { page } = await show({ snapshot: noTests });
    await page.getByText("No endpoint is configured yet.").waitFor();
    assert.equal(await page.locator("table").count(), 0);
  });

  it("is no wider than 300 pixels", async () => {
    const { page } = await show({ snapshot: endedTests, size: { width: 300, height: 600 } });
    await page.locator(".tested").first().waitFor();
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 300);
  });
});
