import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { launchChromium } from "../../dev/workbench/chromium.ts";
import type { RunHead } from "../../src/shared/runPanel.ts";
import { openRunPage } from "./support/runPage.ts";
import { finished, runOf } from "./support/runs.ts";
import { startSite, type Site } from "./support/site.ts";

describe("the prompt above an answer", function () {
  let browser: Browser;
  let site: Site;
  before(async () => {
    [browser, site] = await Promise.all([launchChromium(), startSite()]);
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  const cases: readonly { readonly what: string; readonly head: Partial<RunHead>; readonly title: string }[] =
    [
      { what: "was typed or selected", head: {}, title: "Prompt" },
      {
        what: "stood in a request that was selected",
        head: { sentAs: "request" },
        title: "Prompt of the selected request",
      },
    ];
  for (const { what, head, title } of cases) {
    it(`says that it ${what}, while it runs and when it has ended`, async () => {
      const opened = await openRunPage(browser, site, { snapshot: runOf(head, { answer: "Because" }) });
      const { page, host } = opened;
      const section = page.locator("section.input");
      for (const snapshot of [undefined, runOf(head, { answer: "Because.", end: finished })]) {
        if (snapshot !== undefined) {
          host.emit("run/shown", snapshot);
          await page.locator(".metrics").waitFor();
        }
        assert.equal(await section.getByRole("heading").innerText(), title);
        assert.equal(await section.locator(".input-text").innerText(), "Why is the sky blue?");
      }
      await opened.close();
      assert.deepEqual(opened.troubles, []);
    });
  }
});
