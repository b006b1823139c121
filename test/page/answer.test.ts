import assert from "node:assert/strict";
import { eventually, eventuallyInPage } from "./support/eventually.ts";
import type { RunPage } from "./support/runPage.ts";
import { finished, refused, runOf } from "./support/runs.ts";
import { useRunPages } from "./support/usePages.ts";

const mathMl = "http://www.w3.org/1998/Math/MathML";

/** Notes what changes within a block that is closed, or takes one away. */
const watchingClosed = `
  globalThis.redrawn = [];
  const isGroup = (node) => node instanceof Element && node.matches(".group");
  new MutationObserver((changes) => {
    for (const { target, type, removedNodes } of changes) {
      const group = target.nodeType === Node.ELEMENT_NODE ? target.closest(".group") : target.parentElement?.closest(".group");
      if (group != null && (removedNodes.length > 0 || !isGroup(target))) {
        globalThis.redrawn.push(type + " of " + target.textContent.slice(0, 40));
      }
    }
  }).observe(document.querySelector(".answer"), { childList: true, characterData: true, subtree: true });
`;

const groupsShown = `[...document.querySelectorAll(".answer .group")].map((group) => ({
  blocks: group.children.length,
  skipped: getComputedStyle(group).contentVisibility,
}))`;

describe("an answer on the page", function () {
  const show = useRunPages();

  const append = ({ host }: RunPage, answer: string): void =>
    host.emit("run/appended", { runId: "run-1", answer, reasoning: "" });
  const scripts = (page: RunPage["page"]): Promise<number> =>
    page.evaluate(
      "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).length",
    );

  it("draws formulas as MathML, and loads what draws them with the first one alone", async () => {
    const opened = await show({ snapshot: runOf({}) });
    const { page } = opened;
    append(opened, "It costs $5 and $10.\n\n");
    await page.getByText("It costs $5 and $10.").waitFor();
    const before = await scripts(page);
    append(opened, "So $\\frac{a}{b}$ and\n\n$$\n\\sum_{i=1}^n i\n$$\n\nend");
    await page.locator(".answer math[display='block']").waitFor();
    await page.locator(".answer math mfrac").waitFor();
    assert.ok((await scripts(page)) > before);
    assert.equal(await page.locator(".answer [style], .answer [data-formula]").count(), 0);
    const math = page.locator(".answer math").first();
    assert.equal(await math.evaluate((element) => element.namespaceURI), mathMl);
    assert.equal(await math.locator("annotation").textContent(), "\\frac{a}{b}");
    assert.equal(await math.locator("annotation").isVisible(), false);
    assert.ok((await math.boundingBox())!.height > 10);
  });

  it("shows a formula as its source until it ends, and where it can not be drawn", async () => {
    const opened = await show({ snapshot: runOf({}) });
    const { page } = opened;
    append(opened, "$$\nx_1 *y*");
    await page.locator(".answer code", { hasText: "x_1 *y*" }).waitFor();
    append(opened, "\n$$\n\nand $\\nosuch{z}$ end");
    await page.locator(".answer math").waitFor();
    await page.locator(".formula-source", { hasText: "$\\nosuch{z}$" }).waitFor();
    assert.equal(await page.locator(".answer math").count(), 1);
  });

  it("draws a fence of math, or leaves it as code to copy", async () => {
    const { page, asked } = await show({
      snapshot: runOf({}, { answer: "```math\na^2\n```\n\n```math\n\\nosuch\n```\n", end: finished }),
    });
    await page.locator(".answer math msup").waitFor();
    await page.locator(".formula-source .code").getByRole("button", { name: "Copy" }).click();
    await eventually(() => asked.at(-1)?.name === "code/copy");
    assert.deepEqual(asked.at(-1)?.params, { text: "\\nosuch\n" });
  });

  it("puts code at the cursor or into a document, and says what came of it", async () => {
    const { page, asked } = await show({
      snapshot: runOf({}, { answer: "```python\nx = 1\n```\n", end: finished }),
      handlers: {
        "answer/put": ({ into }) =>
          into === "cursor" ? Promise.resolve(null) : Promise.reject(new Error("No folder is open.")),
      },
    });
    const code = page.locator(".code");
    await code.getByRole("button", { name: "Insert" }).click();
    await code.getByRole("button", { name: "Inserted" }).waitFor();
    await code.getByRole("button", { name: "Open" }).click();
    await code.getByRole("alert").getByText("No folder is open.").waitFor();
    const params = { runId: "run-1", text: "x = 1\n", language: "python" };
    const puts = (): typeof asked => asked.filter(({ name }) => name === "answer/put");
    assert.deepEqual(puts(), [
      { name: "answer/put", params: { ...params, into: "cursor" } },
      { name: "answer/put", params: { ...params, into: "document" } },
    ]);
    await code.getByRole("button", { name: "Insert", exact: true }).waitFor();
    await code.getByRole("button", { name: "Open", exact: true }).click();
    await eventually(() => puts().length === 3);
    await code.getByRole("alert").getByText("No folder is open.").waitFor();
    assert.equal(await page.getByRole("alert").count(), 1);
  });

  it("puts the whole answer into the editor when it has ended", async () => {
    const opened = await show({
      snapshot: runOf({}, { answer: "Yes." }),
      handlers: {
        "answer/put": ({ into }) =>
          into === "selection" ? Promise.reject(new Error("Nothing is selected.")) : Promise.resolve(null),
      },
    });
    const { page, host, asked } = opened;
    await page.getByText("Yes.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Use in Editor" }).count(), 0);
    host.emit("run/ended", { runId: "run-1", end: finished });
    for (const [choice, outcome] of [
      ["Insert at Cursor", "Done"],
      ["Open as Document", "Done"],
      ["Replace Selection…", "Nothing is selected."],
    ] as const) {
      await page.getByRole("button", { name: "Use in Editor" }).click();
      await page.getByRole("button", { name: choice }).click();
      await page.locator(".answer-actions").getByText(outcome).waitFor();
    }
    assert.deepEqual(
      asked.filter(({ name }) => name === "answer/put").map(({ params }) => params),
      ["cursor", "document", "selection"].map((into) => ({ runId: "run-1", language: "markdown", into })),
    );
  });

  it("leaves the focus and a selection where they are while their block grows, and the focus when it closes", async () => {
    const opened = await show({
      snapshot: runOf({}, { answer: "Read [the guide](https://a.invalid) first." }),
    });
    const { page } = opened;
    await page.getByRole("link", { name: "the guide" }).focus();
    await page.evaluate(
      `getSelection().setBaseAndExtent(document.querySelector(".answer p").firstChild, 0, document.querySelector(".answer p").lastChild, 6)`,
    );
    append(opened, " Then **act");
    await page.getByText("Then **act").waitFor();
    append(opened, "**.");
    await page.locator(".answer strong", { hasText: "act" }).waitFor();
    assert.equal(await page.evaluate("getSelection().toString()"), "Read the guide first");
    assert.equal(await page.evaluate("document.activeElement.textContent"), "the guide");
    append(opened, "\n\nAnother block with [a link](https://b.invalid).");
    await page.getByText("Another block").waitFor();
    assert.equal(await page.evaluate("document.activeElement.textContent"), "the guide");
  });

  it("draws each closed block once, in groups that are skipped out of sight", async () => {
    const opened = await show({ snapshot: runOf({}) });
    const { page, host } = opened;
    append(opened, "Paragraph 0.\n\n");
    await page.locator(".answer", { hasText: "Paragraph 0." }).waitFor();
    await page.evaluate(watchingClosed);
    for (let count = 1; count < 100; count++) {
      const paragraph = `Paragraph *${count}* of it.\n\n`;
      append(opened, paragraph.slice(0, 9));
      append(opened, paragraph.slice(9));
    }
    append(opened, "The open one\n");
    await page.locator(".answer .open-block", { hasText: "The open one" }).waitFor();
    assert.equal((await page.locator(".answer .open-block").innerText()).trim(), "The open one");
    host.emit("run/ended", { runId: "run-1", end: finished });
    await page.locator(".answer .group", { hasText: "The open one" }).waitFor({ state: "attached" });
    assert.deepEqual(await page.evaluate("globalThis.redrawn"), []);
    assert.deepEqual(await page.evaluate(groupsShown), [
      ...Array.from({ length: 6 }, () => ({ blocks: 16, skipped: "auto" })),
      { blocks: 5, skipped: "visible" },
    ]);
  });

  it("fills a group with few blocks where they are long", async () => {
    const opened = await show({ snapshot: runOf({}) });
    append(opened, `${"word ".repeat(2_400)}\n\n`.repeat(4));
    append(opened, "end\n");
    await opened.page.locator(".answer .open-block", { hasText: "end" }).waitFor();
    assert.deepEqual(await opened.page.evaluate(groupsShown), [
      { blocks: 3, skipped: "auto" },
      { blocks: 1, skipped: "visible" },
    ]);
  });

  it("adds to an open fence at its end alone", async () => {
    const opened = await show({ snapshot: runOf({}) });
    const { page } = opened;
    append(opened, `\`\`\`python\n${"x = 1\n".repeat(2_000)}`);
    await page.locator(".answer .open-block .chunk").nth(3).waitFor();
    await page.evaluate(`globalThis.first = document.querySelector(".open-block .chunk")`);
    append(opened, "y = 2\n".repeat(2_000));
    append(opened, "z = 3");
    await page.locator(".answer .open-block .chunk", { hasText: "z = 3" }).waitFor();
    assert.equal(
      await page.evaluate(`globalThis.first === document.querySelector(".open-block .chunk")`),
      true,
    );
  });

  it("leaves a selection in code while its fence is open", async () => {
    const opened = await show({ snapshot: runOf({}) });
    const { page } = opened;
    append(opened, "```python\nx = 1\ny");
    await page.locator(".open-block .chunk").waitFor();
    await page.evaluate(
      `getSelection().setBaseAndExtent(document.querySelector(".open-block .chunk").firstChild, 0, document.querySelector(".open-block .chunk").firstChild, 5)`,
    );
    append(opened, " = 2\n");
    await page.locator(".open-block .chunk", { hasText: "y = 2" }).waitFor();
    assert.equal(await page.evaluate("getSelection().toString()"), "x = 1");
  });

  it("is drawn once a frame, however many pieces come before it", async () => {
    const opened = await show({ snapshot: runOf({}) });
    const { page, host } = opened;
    append(opened, "Here it begins. ");
    await page.locator(".answer", { hasText: "Here it begins." }).waitFor();
    await page.evaluate(`
      globalThis.frames = [];
      globalThis.requestAnimationFrame = (draw) => globalThis.frames.push(draw);
    `);
    for (let count = 0; count < 40; count++) {
      append(opened, `word-${count} `);
    }
    host.emit("run/updated", { runId: "run-1", rungs: [], findings: [refused] });
    await page.getByText(refused.title).waitFor();
    assert.doesNotMatch(await page.locator(".answer").innerText(), /word-/);
    const asked = await page.evaluate<number>("globalThis.frames.length");
    assert.ok(asked > 0 && asked < 10, String(asked));
    await page.evaluate("globalThis.frames.splice(0).forEach((draw) => draw(performance.now()))");
    assert.match(await page.locator(".answer").innerText(), /word-39/);
  });

  const hearing = `
    globalThis.heard = [];
    const region = document.querySelector('[aria-live="polite"]');
    new MutationObserver(() => region.textContent !== "" && globalThis.heard.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
  `;

  it("is heard in sentences, each once, with its end last", async () => {
    const opened = await show({ snapshot: runOf({}) });
    const { page, host } = opened;
    await page.evaluate(hearing);
    const answer = "It is **blue**. Because of `scattering`.\n\n```js\nlet a = 1;\n```\n\nThat is all";
    for (const character of answer) {
      append(opened, character);
    }
    await eventuallyInPage(page, `globalThis.heard.join(" ").endsWith("Because of scattering.")`);
    host.emit("run/ended", { runId: "run-1", end: finished });
    await page.getByText("The answer is complete.").waitFor({ state: "attached" });
    const heard = await page.evaluate<string[]>("globalThis.heard");
    assert.equal(heard.join(" "), "It is blue. Because of scattering. That is all");
    assert.ok(heard.length <= 3, heard.join("|"));
    assert.equal(
      await page.locator(".answer[aria-live], .answer [aria-live], [aria-live] .answer").count(),
      0,
    );
    assert.equal(
      await page.evaluate(
        `document.querySelector("[aria-live]").compareDocumentPosition(document.querySelector("[role=status]")) & 4`,
      ),
      4,
    );
  });

  it("is not heard by who reads it elsewhere on the page, nor when it was there before", async () => {
    // In a block of its own: the last one is drawn anew with what is added to it.
    const answer = "[An old link](https://a.invalid).\n\nAn old sentence. ";
    const opened = await show({ snapshot: runOf({}, { answer }) });
    const { page, host } = opened;
    await page.evaluate(hearing);
    await page.getByRole("link", { name: "An old link" }).focus();
    append(opened, "A new sentence. And one more.");
    await page.getByText("A new sentence.").waitFor();
    host.emit("run/ended", { runId: "run-1", end: finished });
    await page.getByText("The answer is complete.").waitFor({ state: "attached" });
    assert.deepEqual(await page.evaluate("globalThis.heard"), []);
  });
});
