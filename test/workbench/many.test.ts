import assert from "node:assert/strict";

import { openWithEndpoints, until, type Workbench } from "./openWithEndpoints.ts";

describe("the Endpoints view with 1,000 endpoints", () => {
  let workbench: Workbench;
  before(async () => {
    const endpoints = Array.from({ length: 1000 }, (_, index) => ({
      id: `e${index}`,
      name: `Endpoint ${index}`,
      baseUrl: `http://127.0.${Math.floor(index / 200)}.${(index % 200) + 1}:1/v1`,
      key: { from: "none" },
    }));
    workbench = await openWithEndpoints(endpoints);
  });
  after(() => workbench.close());

  it("opens, scrolls to the end, and checks them all", async () => {
    await workbench.treeRow("Endpoints", "Endpoint 0").click();
    await workbench.page.keyboard.press("End");
    await workbench.treeRow("Endpoints", "Endpoint 999").waitFor();
    await until("the last is checked", async () =>
      /Nothing listens/.test((await workbench.treeRows("Endpoints")).at(-1)?.description ?? ""),
    );
    await until(
      "all are counted",
      async () => (await workbench.page.locator(".statusbar-item", { hasText: "1000 down" }).count()) === 1,
    );
    await workbench.page.keyboard.press("Home");
    await workbench.treeRow("Endpoints", "Endpoint 0").waitFor();
    assert.match((await workbench.treeRows("Endpoints"))[0]?.description ?? "", /Nothing listens/);
  });
});
