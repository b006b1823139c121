import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { launchChromium } from "../../dev/workbench/chromium.ts";
import { blankDraft, twoEndpoints } from "./support/drafts.ts";
import { eventually } from "./support/eventually.ts";
import { openRunPage, type RunPage, type RunPageOptions } from "./support/runPage.ts";
import { startSite, type Site } from "./support/site.ts";

describe("images of the composer", function () {
  let browser: Browser;
  let site: Site;
  let opened: RunPage;
  const compose = async (handlers: RunPageOptions["handlers"] = {}): Promise<RunPage> => {
    opened = await openRunPage(browser, site, { snapshot: null, handlers: { ...twoEndpoints, ...handlers } });
    opened.host.emit("composer/opened", blankDraft);
    await opened.page.getByLabel("temperature").waitFor();
    return opened;
  };
  before(async () => {
    [browser, site] = await Promise.all([launchChromium(), startSite()]);
  });
  afterEach(async () => {
    await opened.close();
    assert.deepEqual(opened.troubles, []);
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  const sentMessages = async (): Promise<unknown> => {
    const sends = (): RunPage["asked"] => opened.asked.filter(({ name }) => name === "chat/send");
    await eventually(() => sends().length === 1);
    return (sends()[0]!.params as { draft: { messages: unknown } }).draft.messages;
  };

  it("that are pasted and picked go to the extension, and it is said why one is refused", async () => {
    const picked = { id: "p1", name: "dog.webp", mime: "image/webp", bytes: 2_400_000 };
    const { page, asked } = await compose({
      "image/pick": () => Promise.resolve({ images: [picked], problems: ["big.png has 30 MB."] }),
    });
    await page.getByRole("textbox", { name: "Message 1" }).fill("Look");
    await page.evaluate(pasteFile("shot.png", 3));
    await page.getByText("shot.png").waitFor();
    const add = asked.find(({ name }) => name === "image/add");
    assert.deepEqual(add?.params, { name: "shot.png", mime: "image/png", base64: "AAAA" });
    await page.getByRole("button", { name: "Add images" }).click();
    await page.getByText("2.4 MB").waitFor();
    await page.getByRole("alert").getByText("big.png has 30 MB.").waitFor();
    await page.getByRole("button", { name: "Remove shot.png" }).click();
    await page.getByRole("button", { name: "Send", exact: true }).click();
    assert.deepEqual(await sentMessages(), [{ role: "user", text: "Look", images: [picked] }]);
  });

  it("are not even read when one has 30 MB, and nothing of the draft is lost", async () => {
    const { page, asked } = await compose();
    await page.getByRole("textbox", { name: "Message 1" }).fill("Look");
    await page.getByLabel("temperature").fill("0.5");
    await page.evaluate(pasteFile("small.png", 3));
    await page.evaluate(pasteFile("huge.png", 30_000_000));
    await page.getByRole("alert").getByText("huge.png has 30 MB, and 20 MB is the most").waitFor();
    assert.equal(asked.filter(({ name }) => name === "image/add").length, 1);
    await page.getByRole("textbox", { name: "Message 1" }).press("Control+Enter");
    const small = { id: "small.png", name: "small.png", mime: "image/png", bytes: 3 };
    assert.deepEqual(await sentMessages(), [{ role: "user", text: "Look", images: [small] }]);
  });

  it("that are long on their way join the message as it is by then, one after the other", async () => {
    const arrivals: (() => void)[] = [];
    const { page } = await compose({
      "image/add": ({ name, mime }) =>
        new Promise((resolve) => {
          arrivals.push(() => resolve({ id: name, name, mime, bytes: 3 }));
        }),
    });
    const message = page.getByRole("textbox", { name: "Message 1" });
    await message.fill("Look");
    await page.evaluate(pasteFile("one.png", 3));
    await page.evaluate(pasteFile("two.png", 3));
    await eventually(() => arrivals.length === 2);
    await page.getByRole("button", { name: "Add a message" }).click();
    await page.getByRole("textbox", { name: "Message 2" }).fill("A cat.");
    await message.fill("Look at these");
    for (const arrive of arrivals) arrive();
    await page.getByText("one.png").waitFor();
    await page.getByText("two.png").waitFor();
    await message.press("Control+Enter");
    const image = (name: string): unknown => ({ id: name, name, mime: "image/png", bytes: 3 });
    assert.deepEqual(await sentMessages(), [
      { role: "user", text: "Look at these", images: [image("one.png"), image("two.png")] },
      { role: "assistant", text: "A cat.", images: [] },
    ]);
  });

  type Settle = { readonly resolve: (image: unknown) => void; readonly reject: (error: Error) => void };

  /** "Look" has been sent while its image is still on its way. */
  const sentTooEarly = async (): Promise<Settle> => {
    let settle: Settle | undefined;
    const { page, asked } = await compose({
      "image/add": () =>
        new Promise((resolve, reject) => {
          settle = { resolve: (image) => resolve(image as never), reject };
        }),
    });
    const message = page.getByRole("textbox", { name: "Message 1" });
    await message.fill("Look");
    await page.evaluate(pasteFile("one.png", 3));
    await eventually(() => settle !== undefined);
    await message.press("Control+Enter");
    await page.getByRole("button", { name: "Send", exact: true, disabled: true }).waitFor();
    assert.equal(asked.filter(({ name }) => name === "chat/send").length, 0);
    return settle!;
  };

  it("that are still on their way when it is sent are waited for", async () => {
    const image = { id: "one.png", name: "one.png", mime: "image/png", bytes: 3 };
    (await sentTooEarly()).resolve(image);
    assert.deepEqual(await sentMessages(), [{ role: "user", text: "Look", images: [image] }]);
  });

  it("that fail while they are waited for keep the message from being sent without them", async () => {
    (await sentTooEarly()).reject(new Error("one.png is no image."));
    const { page, asked } = opened;
    await page.getByText("one.png is no image.").waitFor();
    await page.getByText("An image could not be added, so nothing was sent.").waitFor();
    assert.equal(asked.filter(({ name }) => name === "chat/send").length, 0);
    assert.equal(await page.getByRole("textbox", { name: "Message 1" }).inputValue(), "Look");
  });
});

function pasteFile(name: string, bytes: number): string {
  return `(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(${bytes})], ${JSON.stringify(name)}, { type: "image/png" }));
    const field = document.querySelector('textarea[name="text.0"]');
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  })()`;
}
