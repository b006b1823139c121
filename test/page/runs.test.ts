import assert from "node:assert/strict";
import { eventually } from "./support/eventually.ts";
import type { RunPage, RunPageOptions } from "./support/runPage.ts";
import { finished, ladderOf, missingV1, notListed, refused, runOf, vector } from "./support/runs.ts";
import { useRunPages } from "./support/usePages.ts";

describe("the page of a test and of an embedding", function () {
  const open = useRunPages();
  let opened: RunPage;
  const show = async (options: RunPageOptions): Promise<RunPage> => (opened = await open(options));

  const test = { kind: "test", input: "" } as const;
  const rungs = (): Promise<string[]> => opened.page.locator(".rung-row").allInnerTexts();
  const words = (text: string | undefined): string => (text ?? "").replace(/\s+/g, " ").trim();

  it("shows the rungs as they land", async () => {
    const { page, host } = await show({ snapshot: runOf(test, { rungs: ladderOf("running") }) });
    await page.getByText("Testing: Address").waitFor();
    assert.equal((await rungs()).length, 9);
    const steps = ladderOf("passed", "passed", "running");
    host.emit("run/updated", { runId: "run-1", rungs: steps, findings: [] });
    await page.getByText("Testing: Connect").waitFor();
    assert.deepEqual((await rungs()).slice(0, 4).map(words), [
      "Address passed < 1 ms",
      "Name passed 14 ms",
      "Connect running",
      "TLS not reached",
    ]);
    await page.getByRole("button", { name: "Stop" }).waitFor();

    host.emit("run/updated", {
      runId: "run-1",
      rungs: ladderOf("passed", "passed", "failed"),
      findings: [refused],
      verdict: { tone: "bad", text: "Stopped at Connect" },
    });
    await page.locator(".verdict", { hasText: "Stopped at Connect" }).waitFor();
    assert.equal(words((await rungs())[2]), "Connect failed 28 ms");
    await page.getByRole("heading", { name: "Nothing listens on port 30000" }).waitFor();
    await page.getByRole("button", { name: "Test again" }).waitFor();
  });

  it("gives every state of a rung a shape of its own", async () => {
    const { page } = await show({
      snapshot: runOf(test, { rungs: ladderOf("passed", "warned", "failed", "skipped", "running") }),
    });
    const shapes = await page
      .locator(".rung-row > .icon")
      .evaluateAll((icons) => icons.map((icon) => icon.innerHTML));
    assert.equal(new Set(shapes).size, 6);
  });

  it("unfolds the evidence of a rung and keeps it unfolded while others land", async () => {
    const { page, host } = await show({ snapshot: runOf(test, { rungs: ladderOf("passed", "running") }) });
    await page.locator("summary", { hasText: "Address" }).click();
    await page.getByText("address: 127.0.0.1:30000").waitFor();
    host.emit("run/updated", {
      runId: "run-1",
      rungs: ladderOf("passed", "passed", "running"),
      findings: [],
    });
    await page.getByText("Testing: Connect").waitFor();
    assert.equal(await page.getByText("address: 127.0.0.1:30000").isVisible(), true);
  });

  it("shows a test that works with what is worth knowing", async () => {
    const ladder = ladderOf(...Array.from({ length: 9 }, () => "passed" as const));
    const verdict = { tone: "warning", text: "Works, with one note" } as const;
    const { page } = await show({
      snapshot: runOf(test, { rungs: ladder, findings: [missingV1, notListed], verdict }),
    });
    await page.locator(".verdict-warning").waitFor();
    assert.deepEqual(await page.locator(".finding h3 > .sr-only").allInnerTexts(), ["Warning:", "Note:"]);
  });

  it("is not narrower than its text at 300 pixels, nor wider than the window", async () => {
    const verdict = { tone: "bad", text: "Stopped at Connect" } as const;
    const snapshot = runOf(
      { ...test, endpointName: "A rather long name of an endpoint", model: `/models/${"x".repeat(80)}` },
      { rungs: ladderOf("passed", "failed"), findings: [refused, missingV1], verdict },
    );
    const { page } = await show({ snapshot, size: { width: 300, height: 600 } });
    await page.locator(".finding").first().waitFor();
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 300);
    await page.getByRole("button", { name: "Test again" }).click();
    await eventually(() => opened.asked.length === 2);
    assert.deepEqual(opened.asked.at(-1), { name: "run/again", params: { runId: "run-1" } });
  });

  it("shows a vector in figures and as bars with their numbers", async () => {
    const { page, host } = await show({ snapshot: runOf({ kind: "embedding" }) });
    await page.getByText("Waiting for the vector…").waitFor();
    host.emit("run/updated", { runId: "run-1", rungs: [], findings: [], vector });
    host.emit("run/ended", { runId: "run-1", end: { ...finished, usage: { promptTokens: 8 } } });
    const facts = page.locator(".vector-facts");
    for (const text of ["2,560", "1.000000", "−0.118700", "0.104300", "−0.000210"]) {
      await facts.getByText(text, { exact: true }).waitFor();
    }
    await page.getByRole("img", { name: "Bars of the first 16 values" }).waitFor();
    assert.equal(await page.locator(".strip rect").count(), 16);
    assert.equal(words(await page.locator(".components li").nth(1).innerText()), "1 −0.043100");
    await page.getByRole("button", { name: "Copy" }).click();
    await eventually(() => opened.asked.length === 2);
    assert.deepEqual(opened.asked.at(-1), { name: "run/copy", params: { runId: "run-1" } });
  });

  it("shows a vector of odd numbers without breaking", async () => {
    const odd = { ...vector, head: [Number.NaN, 0, -1e-9], norm: 0, min: 0, max: 0, mean: 0, dimensions: 3 };
    const { page } = await show({
      snapshot: runOf(
        { kind: "embedding" },
        { vector: JSON.parse(JSON.stringify(odd)) as typeof odd, end: finished },
      ),
    });
    assert.equal(await page.locator(".components li").count(), 3);
  });
});
