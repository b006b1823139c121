import assert from "node:assert/strict";
import type { RunList, RunSnapshot } from "../../src/shared/runPanel.ts";
import { violationsInThemes } from "./support/axe.ts";
import { conversation, twoEndpoints } from "./support/drafts.ts";
import { eventually } from "./support/eventually.ts";
import {
  comparedAll,
  compareOf,
  finished,
  ladderOf,
  measured,
  missingV1,
  notListed,
  reasoning,
  refused,
  richAnswer,
  runOf,
  someRuns,
  threeColumns,
  toolCalls,
  vector,
} from "./support/runs.ts";
import { unfoldAll } from "./support/unfoldAll.ts";
import { endedTests, noTests, runningTests, wrongPortTest } from "./support/testedEndpoints.ts";
import { useRunPages } from "./support/usePages.ts";

const test = { kind: "test", input: "" } as const;
const allStates = ladderOf("passed", "warned", "skipped", "passed", "failed");
const runs: Readonly<Record<string, RunSnapshot | null>> = {
  "an answer": runOf({}, { answer: richAnswer, reasoning, end: finished }),
  "tool calls and figures": runOf({}, { answer: "I look.", toolCalls, end: measured }),
  "a running chat": runOf({ input: "line\n".repeat(9) }, { answer: richAnswer.slice(0, 900), reasoning }),
  "a failed chat": runOf({}, { findings: [refused, missingV1, notListed], end: { state: "failed" } }),
  "an embedding": runOf({ kind: "embedding" }, { vector, end: finished }),
  "a running test": runOf(test, { rungs: ladderOf("passed", "running") }),
  "a failed test": runOf(test, {
    rungs: allStates,
    findings: [refused, missingV1],
    verdict: { tone: "bad", text: "Stopped at HTTP" },
  }),
  "a healthy test": runOf(test, {
    rungs: ladderOf("passed"),
    verdict: { tone: "good", text: "Healthy in 214 ms" },
  }),
  "a test with variations and exchanges": wrongPortTest,
  "tests under way": runningTests,
  "tests that have ended": endedTests,
  "tests of nothing": noTests,
  "a comparison under way": compareOf(threeColumns),
  "a comparison that has ended": comparedAll,
  "nothing yet": null,
};

/** The list beside a run, and unfolded above it. */
const lists = { "a list beside the run": 900, "a list above the run": 420 } as const;

describe("the page is for everybody", function () {
  this.timeout(180_000);
  const open = useRunPages();

  for (const [name, snapshot] of Object.entries(runs)) {
    it(`axe finds nothing in ${name}, in any theme`, async () => {
      const { page } = await open({ snapshot });
      // Chunks of their own, which may come later.
      if (snapshot?.columns !== undefined) {
        await page.locator(".compare-column").first().waitFor();
      }
      if (snapshot?.head.kind === "chat" && snapshot.end !== undefined) {
        await page.getByRole("textbox", { name: "Your reply" }).waitFor();
      }
      await unfoldAll(page);
      assert.deepEqual(await violationsInThemes(page), []);
    });
  }

  for (const [name, width] of Object.entries(lists)) {
    it(`axe finds nothing in ${name}, in any theme`, async () => {
      const snapshot = runOf({}, { answer: richAnswer, end: finished });
      const list: RunList = { ...someRuns, pin: width > 640 ? "pinned" : "free" };
      const { page } = await open({ snapshot, list, size: { width, height: 640 } });
      await page.locator(".runs-tools").waitFor();
      if (width < 640) {
        await page.getByRole("button", { name: "Runs (6)" }).click();
      }
      // What removes a run is seen while its row has the focus.
      await page.getByRole("button", { name: /^Embedding/ }).focus();
      assert.deepEqual(await violationsInThemes(page), []);
    });
  }

  it("axe finds nothing in the composer, with problems and comparisons, in any theme", async () => {
    const problems = [
      { where: "temperature", text: "Too hot." },
      { where: "extra", text: "Not here." },
    ];
    const { page, host } = await open({
      snapshot: null,
      handlers: { ...twoEndpoints, "chat/send": () => Promise.resolve(problems) },
    });
    host.emit("composer/opened", conversation);
    await page.getByLabel("temperature").waitFor();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByText("Too hot.").waitFor();
    await page.getByRole("button", { name: "Compare with…" }).click();
    await unfoldAll(page);
    assert.deepEqual(await violationsInThemes(page), []);
  });

  it("can be used with the keyboard alone, in reading order, with the focus always to be seen", async () => {
    const snapshot = runOf(
      { input: "line\n".repeat(9) },
      { answer: richAnswer, reasoning, findings: [refused], end: finished },
    );
    const { page, asked } = await open({ snapshot });
    await page.locator(".answer .hljs-keyword").first().waitFor();
    await page.getByRole("textbox", { name: "Your reply" }).waitFor();
    const stops: string[] = [];
    for (;;) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate<{ name: string; ring: string }>(focused);
      if (stop.name === "") {
        break;
      }
      assert.notEqual(stop.ring, "none", stop.name);
      stops.push(stop.name);
    }
    assert.deepEqual(stops, keyboardStops);
    assert.equal(asked.length, 1);
  });

  it("does everything on Enter and Space, and keeps the place in a row of fixes", async () => {
    const snapshot = runOf(
      {},
      { answer: "[a](https://example.com)", reasoning, findings: [refused], end: { state: "failed" } },
    );
    const { page, asked } = await open({ snapshot });
    await page.getByRole("link", { name: "a" }).press("Enter");
    await page.locator(".reasoning > summary").press("Space");
    assert.equal(await page.locator(".reasoning-text").isVisible(), true);
    await page.getByRole("button", { name: "Open Settings" }).press("Enter");
    await page.locator(".fixes .icon-done").waitFor();
    assert.equal(await page.evaluate("document.activeElement.textContent"), "Open Settings");
    await page.getByRole("button", { name: "Again" }).press("Space");
    await eventually(() => asked.length === 4);
    assert.deepEqual(
      asked.map(({ name }) => name),
      ["page/ready", "link/open", "fix/apply", "run/again"],
    );
  });

  for (const [motion, icon, bar] of [
    ["reduce", "none", "none"],
    ["no-preference", "turn", "pass"],
  ] as const) {
    it(`moves according to the system's setting: ${motion}`, async () => {
      const { page } = await open({ snapshot: runOf({}), reducedMotion: motion });
      const animations = await page.evaluate(`[
        getComputedStyle(document.querySelector(".icon-running")).animationName,
        getComputedStyle(document.querySelector(".progress"), "::before").animationName,
      ]`);
      assert.deepEqual(animations, [icon, bar]);
    });
  }
});

const focused = `(() => {
  const element = document.activeElement;
  return element === document.body
    ? { name: "", ring: "" }
    : { name: element.getAttribute("aria-label") ?? element.innerText.trim(), ring: getComputedStyle(element).outlineStyle };
})()`;

const keyboardStops = [
  "Again",
  "Copy",
  "Show all",
  "Thought for 89 tokens",
  "Table",
  "Copy",
  "Insert",
  "Open",
  "Code, bash",
  "the article",
  "Copy",
  "Insert",
  "Open",
  "Code, python",
  "Image: A diagram of the scattering",
  "Use in Editor",
  "Evidence, 2 lines",
  "Copy launch command",
  "Use http://localhost:8000/v1",
  "Open Settings",
  "Your reply",
  "Send",
  "Reply with all fields",
  "Edit request",
];
