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

const key = "sk-workbench-wire-83d1f0";

describe("the bytes of a run in the window", () => {
  let workbench: Workbench;
  let demo: DemoServer;
  let page: Frame;
  before(async () => {
    demo = await startDemoServer({ key, tokensPerSecond: 80 });
    const endpoint = demoEntry(demo, { id: "locked", name: "Locked", key: { from: "secret" } });
    workbench = await openWithEndpoints([endpoint], {
      files: { "question.md": "Why is the sky blue?\n" },
    });
    await workbench.runCommand("Qwen: Set API Key");
    await workbench.answerQuickInput(key);
    await until("the check with the key passes", async () =>
      /ms · /.test((await workbench.treeRows("Endpoints"))[0]?.description ?? ""),
    );
    await selectAll(workbench, "question.md");
    await workbench.runCommand("Qwen: Ask About Selection");
    page = await workbench.webviewWith("main");
    await page.getByRole("button", { name: "Again", exact: true }).waitFor();
  });
  after(async () => {
    await workbench.close();
    await demo.close();
  });

  it("unfolds to the request and its headers, the key masked", async () => {
    await page.getByText("On the wire").click();
    await page.getByText("authorization: Bearer •••").waitFor();
    await page.getByText(`POST ${demo.baseUrl}/chat/completions`, { exact: true }).waitFor();
  });

  it("shows the raw events with the times they came", async () => {
    await page.getByRole("radio", { name: /^Events/ }).check();
    const rows = page.locator(".events tbody tr");
    await rows.first().waitFor();
    const times = (await rows.locator("td:first-child").allInnerTexts()).map((text) =>
      Number(text.replaceAll(",", "")),
    );
    assert.ok(times.length > 10 && times.every((time) => time > 0), times.join(" "));
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
    await page.evaluate(`document.querySelector(".wire-view").scrollIntoView({ block: "start" })`);
    await pictures(workbench, "wire", page);
  });

  it("filters them", async () => {
    await page.getByLabel("Filter events").fill("[done]");
    const rows = page.locator(".events tbody tr");
    await until("one event is left", async () => (await rows.count()) === 1);
    assert.equal(await rows.locator("td").nth(3).innerText(), "[DONE]");
  });

  it("has what the OpenAI SDK makes of it, with the reasoning in a field that it does not type", async () => {
    await page.getByRole("radio", { name: "OpenAI SDK" }).check();
    await page.getByText("a field that the SDK does not type").waitFor();
    await page.getByText(/^The reply was read once more by openai \d/).waitFor();
  });

  it("holds the key nowhere", async () => {
    for (const part of [/^Reply$/, /^Request$/]) {
      await page.getByRole("radio", { name: part }).check();
      await page.locator(".wire-body").waitFor();
      assert.ok(!(await page.content()).includes(key));
    }
  });
});
