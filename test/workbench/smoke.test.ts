import assert from "node:assert/strict";
import { openWorkbench, type Workbench } from "../../dev/workbench/openWorkbench.ts";

describe("a window with the packaged extension", () => {
  let workbench: Workbench | undefined;
  before(async () => (workbench = await openWorkbench()));
  after(() => workbench?.close());

  it("has the Qwen view container in the activity bar", async () => {
    assert.ok(workbench);
    await workbench.showContainer("Qwen");
    const title = await workbench.page.locator(".part.sidebar .composite.title h2").innerText();
    assert.match(title, /Qwen/i);
  });
});
