import assert from "node:assert/strict";
import { eventually } from "./support/eventually.ts";
import { append } from "./support/runPage.ts";
import { finished, measured, runOf, toolCalls } from "./support/runs.ts";
import { useRunPages } from "./support/usePages.ts";

describe("tool calls, lanes and the course of a chat", function () {
  const show = useRunPages();

  it("shows a tool call as it comes, indents whole arguments and copies them as they came", async () => {
    const opened = await show({ snapshot: runOf({}) });
    const { page, host, asked } = opened;
    append(opened, { toolCalls: [{ index: 0, id: "call_1", name: "find", argumentsText: '{"q":' }] });
    await page.getByRole("heading", { name: "Tool call" }).waitFor();
    await page.locator(".tool-call-name", { hasText: "find" }).waitFor();
    await page.getByText('{"q":', { exact: true }).waitFor();
    assert.equal(await page.getByText("Not valid JSON").count(), 0);
    append(opened, { toolCalls: [{ index: 0, name: "", argumentsText: "123456789012345678901}" }] });
    append(opened, { toolCalls: [{ index: 1, name: "open", argumentsText: "" }] });
    await page.getByRole("heading", { name: "2 tool calls" }).waitFor();
    const shown = page.locator(".tool-call-arguments");
    await eventually(async () => (await shown.textContent()) === '{\n  "q": 123456789012345678901\n}');
    host.emit("run/ended", { runId: "run-1", end: { ...finished, finishReason: "tool_calls" } });
    await page.getByText("No arguments").waitFor();
    assert.equal(await page.getByText("The model sent no text.").count(), 0);
    await page.locator(".tool-call").first().getByRole("button", { name: "Copy" }).click();
    await eventually(() => asked.some(({ name }) => name === "code/copy"));
    assert.deepEqual(asked.at(-1)?.params, { text: '{"q":123456789012345678901}' });
  });

  it("marks arguments that are no JSON", async () => {
    const { page } = await show({ snapshot: runOf({}, { toolCalls, end: finished }) });
    await page.locator(".tool-call", { hasText: "search" }).getByText("Not valid JSON").waitFor();
    assert.equal(await page.getByText("Not valid JSON").count(), 1);
  });

  it("moves what it took for the answer to the reasoning when that is what it was", async () => {
    const opened = await show({ snapshot: runOf({}) });
    const { page } = opened;
    append(opened, { answer: "First I think." });
    await page.locator(".answer", { hasText: "First I think." }).waitFor();
    append(opened, { relabelled: true, answer: "Yes." });
    await page.locator(".reasoning > summary", { hasText: "Thought for" }).click();
    assert.equal(await page.locator(".reasoning-text").textContent(), "First I think.");
    await page.locator(".answer", { hasText: /^\s*Yes\.\s*$/ }).waitFor();
  });

  it("draws when the chunks came, with the numbers in a table", async () => {
    const { page } = await show({ snapshot: runOf({}, { answer: "Yes.", end: measured }) });
    await page.getByRole("img", { name: "60 chunks between 214 ms and 8.42 s after sending" }).waitFor();
    assert.equal(await page.locator(".timeline > svg rect").count(), 60);
    await page.getByText("Numbers", { exact: true }).click();
    assert.equal(await page.locator(".timeline tbody tr").count(), 60);
    for (const name of [
      "First answer token",
      "Median gap",
      "TLS handshake",
      "Wait for first byte",
      "Bytes",
    ]) {
      const figure = page.locator(".metrics > div", { hasText: name });
      const definition = (await figure.getAttribute("title")) ?? "";
      assert.ok(definition.length > 20, name);
      assert.equal(await figure.locator("dd").getAttribute("aria-description"), definition);
    }
  });
});
