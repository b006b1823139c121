import assert from "node:assert/strict";
import { eventuallyInPage } from "./support/eventually.ts";
import { append, type RunPage } from "./support/runPage.ts";
import { finished, runOf } from "./support/runs.ts";
import { useRunPages } from "./support/usePages.ts";

const distanceFromEnd = "document.documentElement.scrollHeight - innerHeight - scrollY";

const size = { width: 600, height: 400 };

describe("following a stream", function () {
  const open = useRunPages();
  let opened: RunPage;
  beforeEach(async () => {
    opened = await open({ snapshot: runOf({}), size });
    await say(0, 40);
    await atEnd();
  });

  const say = async (from: number, to: number): Promise<void> => {
    for (let count = from; count < to; count++) {
      append(opened, { answer: `Paragraph ${count}.\n\n` });
    }
    await opened.page.getByText(`Paragraph ${to - 1}.`, { exact: true }).waitFor({ state: "attached" });
  };
  const atEnd = (): Promise<void> => eventuallyInPage(opened.page, `${distanceFromEnd} < 2 && scrollY > 100`);

  /** Blocks that come into sight are measured anew, and the page moves with them. */
  const untilStill = (): Promise<void> =>
    eventuallyInPage(
      opened.page,
      `(async () => {
        const places = [];
        for (let frame = 0; frame < 10; frame++) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
          places.push(scrollY + " of " + document.documentElement.scrollHeight);
        }
        return new Set(places).size === 1;
      })()`,
    );

  const figuresInView = async (): Promise<void> => {
    await opened.page.getByRole("textbox", { name: "Reply" }).waitFor();
    await eventuallyInPage(
      opened.page,
      `document.querySelector(".metrics").getBoundingClientRect().top < innerHeight`,
    );
  };

  it("keeps the end in view while the reader is there", async () => {
    await say(40, 80);
    await atEnd();
  });

  it("leaves it to the browser to hold the place of a reader who has gone up, and only then", async () => {
    const anchor = `getComputedStyle(document.querySelector(".answer")).overflowAnchor`;
    assert.equal(await opened.page.evaluate(anchor), "none");
    await opened.page.mouse.move(100, 100);
    await opened.page.mouse.wheel(0, -300);
    await eventuallyInPage(opened.page, `${anchor} === "auto"`);
    await opened.page.mouse.wheel(0, 5_000);
    await eventuallyInPage(opened.page, `${anchor} === "none"`);
  });

  it("goes on to the first figures when the run ends, and leaves the end of the answer in view", async () => {
    await say(40, 80);
    await atEnd();
    opened.host.emit("run/ended", { runId: "run-1", end: finished });
    await figuresInView();
    const last = await opened.page.getByText("Paragraph 79.", { exact: true }).boundingBox();
    assert.ok(last !== null && last.y > 88 && last.y < 400, JSON.stringify(last));
  });

  it("goes on to the figures where the answer alone fitted the view", async () => {
    opened = await open({ snapshot: runOf({}), size });
    const { host, page } = opened;
    append(opened, { answer: "One.\n\nTwo.\n\nThree.\n\nFour." });
    await page.getByText("Four.").waitFor();
    assert.equal(await page.evaluate("scrollY"), 0);
    host.emit("run/ended", { runId: "run-1", end: finished });
    await figuresInView();
    assert.ok(await page.getByText("One.", { exact: true }).isVisible());
  });

  it("leaves a reader who went up where they are, and takes them back on request", async () => {
    await opened.page.mouse.move(200, 200);
    await opened.page.mouse.wheel(0, -300);
    await opened.page.getByRole("button", { name: "Follow" }).waitFor();
    await untilStill();
    const before = await opened.page.evaluate("scrollY");
    await say(40, 120);
    assert.equal(await opened.page.evaluate("scrollY"), before);
    await opened.page.getByRole("button", { name: "Follow" }).click();
    await atEnd();
    await say(120, 140);
    await atEnd();
    assert.equal(await opened.page.getByRole("button", { name: "Follow" }).count(), 0);
  });

  it("follows again when the reader goes to the end by keyboard", async () => {
    await opened.page.keyboard.press("Home");
    await opened.page.getByRole("button", { name: "Follow" }).waitFor();
    await opened.page.keyboard.press("End");
    await opened.page.getByRole("button", { name: "Follow" }).waitFor({ state: "detached" });
    await say(40, 60);
    await atEnd();
  });

  it("does not move when something is unfolded after the end", async () => {
    opened.host.emit("run/updated", {
      runId: "run-1",
      rungs: [],
      findings: [
        {
          code: "stream.no-done",
          severity: "note",
          title: "No [DONE]",
          explanation: "The stream ended without its closing event.",
          evidence: Array.from({ length: 40 }, (_, index) => `line ${index}`),
          fixes: [],
        },
      ],
    });
    opened.host.emit("run/ended", { runId: "run-1", end: finished });
    await figuresInView();
    await untilStill();
    const summary = opened.page.getByText("Evidence, 40 lines");
    const before = (await summary.boundingBox())!;
    // Not by its locator, which would first scroll it clear of the head.
    await opened.page.mouse.click(before.x + 20, before.y + before.height / 2);
    await opened.page.getByText("line 0", { exact: true }).waitFor();
    await opened.page.evaluate(
      "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))",
    );
    assert.deepEqual(await summary.boundingBox(), before);
  });
});
