import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { inProject } from "../../dev/paths.ts";
import { violationsInThemes } from "./support/axe.ts";
import { comparedAll, finished, runOf } from "./support/runs.ts";
import type { Theme } from "./support/site.ts";
import { useRunPages } from "./support/usePages.ts";
import { anExchange, aReading, keptBytes, modelsExchange } from "./support/wire.ts";

describe("the bytes of a run are for everybody", function () {
  this.timeout(180_000);
  const open = useRunPages();
  before(() => mkdirSync(inProject("out", "pictures"), { recursive: true }));

  it("axe finds nothing in any part of it, in any theme", async () => {
    const { handlers } = keptBytes(
      [modelsExchange, anExchange({ replyBody: "data: x\n\n".repeat(10_000), replyCut: 12 })],
      aReading,
    );
    const { page } = await open({
      snapshot: runOf({}, { answer: "Because.", wire: "kept", end: finished }),
      handlers,
      size: { width: 760, height: 900 },
    });
    await page.getByRole("button", { name: "See what" }).click();
    await page.locator(".sdk-part").waitFor();
    const found = [...(await violationsInThemes(page))];
    const parts = { Request: ".wire-body", Reply: ".pager", Events: ".events", "OpenAI SDK": ".sdk-part" };
    for (const [part, waitsFor] of Object.entries(parts)) {
      await page.getByRole("radio", { name: new RegExp(`^${part}`) }).check();
      await page.locator(waitsFor).waitFor();
      if (part === "Events") {
        await page.locator(".event-text summary").nth(1).click();
      }
      const picture = (theme: Theme): Promise<Buffer> =>
        page.screenshot({ path: inProject("out", "pictures", `wire ${part} ${theme}.png`) });
      found.push(...(await violationsInThemes(page, picture)));
    }
    assert.deepEqual(found, []);
  });

  it("axe finds nothing in that of a comparison, wide and narrow, in any theme", async () => {
    const { handlers } = keptBytes([anExchange()], aReading, ["a", "b", "c", "d"]);
    const columns = comparedAll.columns!.map((column) => ({ ...column, wire: "kept" as const }));
    const found: string[] = [];
    for (const width of [1200, 320]) {
      const { page } = await open({
        snapshot: { ...comparedAll, columns },
        handlers,
        size: { width, height: 900 },
      });
      await page.locator(".compare-wire summary").click();
      await page.getByRole("radio", { name: "qwen-plus" }).check();
      await page.locator(".wire-body").waitFor();
      await page.getByRole("button", { name: "Edit request" }).scrollIntoViewIfNeeded();
      const picture = (theme: Theme): Promise<Buffer> =>
        page.screenshot({ path: inProject("out", "pictures", `compare wire ${width} ${theme}.png`) });
      found.push(...(await violationsInThemes(page, picture)));
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
    }
    assert.deepEqual(found, []);
  });
});
