import assert from "node:assert/strict";

import {
  demoEntry,
  type DemoServer,
  openWithEndpoints,
  startDemoServer,
  until,
  type Workbench,
} from "./openWithEndpoints.ts";

describe("the view in Restricted Mode", () => {
  let workbench: Workbench;
  let mine: DemoServer;
  let suggested: DemoServer;
  const labels = async (): Promise<readonly string[]> =>
    (await workbench.treeRows("Endpoints")).map(({ label }) => label);
  const note = (): ReturnType<Workbench["page"]["locator"]> =>
    workbench.page.getByText("Restricted Mode: endpoints of this workspace's settings are not used");

  before(async () => {
    [mine, suggested] = await Promise.all([startDemoServer(), startDemoServer()]);
    const theirs = demoEntry(suggested, { id: "theirs", name: "Suggested", checkEverySeconds: 1 });
    const files = { ".vscode/settings.json": JSON.stringify({ "qwen.endpoints": [theirs] }) };
    const settings = {
      "security.workspace.trust.enabled": true,
      "security.workspace.trust.startupPrompt": "never",
    };
    workbench = await openWithEndpoints([demoEntry(mine, { name: "Mine" })], {
      trust: "asked",
      files,
      settings,
    });
  });
  after(async () => {
    await workbench.close();
    await Promise.all([mine.close(), suggested.close()]);
  });

  it("says what is left out, and shows the user's endpoints alone", async () => {
    await note().first().waitFor();
    assert.deepEqual(await labels(), ["Mine"]);
    await until("mine was checked", () => mine.log.length > 0);
    assert.equal(suggested.log.length, 0);
    await workbench.picture("restricted");
  });

  it("names the machine that requests leave from, as it is not the one in front of the person", async () => {
    await workbench.page
      .locator(".pane-header, .composite.title", { hasText: "VS Code Server" })
      .first()
      .waitFor();
  });
});
