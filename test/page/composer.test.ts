import assert from "node:assert/strict";
import type { Browser, Locator } from "playwright-core";
import { launchChromium } from "../../dev/workbench/chromium.ts";
import type { ChatDraft } from "../../src/core/chat/chatDraft.ts";
import { blankDraft, conversation, twoEndpoints } from "./support/drafts.ts";
import { eventually, eventuallyInPage } from "./support/eventually.ts";
import { openRunPage, type RunPage, type RunPageOptions } from "./support/runPage.ts";
import { startSite, type Site } from "./support/site.ts";

describe("the composer", function () {
  let browser: Browser;
  let site: Site;
  let open: RunPage[] = [];
  const show = async (options: RunPageOptions): Promise<RunPage> => {
    const handlers = { ...twoEndpoints, ...options.handlers };
    const opened = await openRunPage(browser, site, { ...options, handlers });
    open.push(opened);
    return opened;
  };
  const compose = async (draft: ChatDraft, handlers: RunPageOptions["handlers"] = {}): Promise<RunPage> => {
    const opened = await show({ snapshot: null, handlers });
    opened.host.emit("composer/opened", draft);
    await opened.page.getByRole("heading", { name: "New chat" }).waitFor();
    await opened.page.getByLabel("temperature").waitFor();
    return opened;
  };
  before(async () => {
    [browser, site] = await Promise.all([launchChromium(), startSite()]);
  });
  afterEach(async () => {
    const troubles = open.flatMap((opened) => opened.troubles);
    await Promise.all(open.map((opened) => opened.close()));
    open = [];
    assert.deepEqual(troubles, []);
  });
  after(async () => {
    await browser.close();
    await site.close();
  });

  const sent = async ({ asked }: RunPage, count = 1): Promise<ChatDraft> => {
    const sends = (): typeof asked => asked.filter(({ name }) => name === "chat/send");
    await eventually(() => sends().length === count);
    return (sends().at(-1)!.params as { draft: ChatDraft }).draft;
  };

  it("sends everything that was filled in, under the names of the wire", async () => {
    const opened = await compose(blankDraft);
    const { page } = opened;
    await page.getByText("System prompt").click();
    await page.getByRole("textbox", { name: "System prompt" }).fill("Answer briefly.");
    await page.getByRole("textbox", { name: "Message 1" }).fill("Hello");
    await page.getByLabel("Model", { exact: true }).fill("Qwen3-VL");
    await page.getByLabel("temperature").fill("0.5");
    await page.getByLabel("stop").fill("END\nSTOP");
    await page.getByText("More parameters").click();
    await page.getByLabel("response_format").fill('{"type":"json_object"}');
    await page.locator("label", { hasText: "Off" }).click();
    await page.getByText("Extra JSON", { exact: true }).click();
    await page.getByRole("textbox", { name: "Extra JSON" }).fill('{"user":"me"}');
    await page.getByRole("button", { name: "Add a message" }).click();
    await page.keyboard.type("Hi!");
    await page.keyboard.press("Control+Enter");
    assert.deepEqual(await sent(opened), {
      endpointId: "gpu",
      model: "Qwen3-VL",
      system: "Answer briefly.",
      messages: [
        { role: "user", text: "Hello", images: [] },
        { role: "assistant", text: "Hi!", images: [] },
      ],
      parameters: { temperature: 0.5, stop: ["END", "STOP"], response_format: { type: "json_object" } },
      thinking: { kind: "off" },
      extra: '{"user":"me"}',
    });
  });

  it("sends a conversation as it came when nothing is changed", async () => {
    const opened = await compose(conversation);
    await opened.page.getByRole("button", { name: "Send", exact: true }).click();
    assert.deepEqual(await sent(opened), conversation);
  });

  it("orders and removes messages with the keyboard, the focus staying with them", async () => {
    const opened = await compose(conversation);
    const { page } = opened;
    await page.getByRole("button", { name: "Move message 3 up" }).press("Enter");
    await eventuallyInPage(page, `document.activeElement.getAttribute("aria-label") === "Move message 2 up"`);
    await page.getByRole("button", { name: "Remove message 1" }).press("Enter");
    await eventuallyInPage(page, `document.activeElement.value === "And its colour?"`);
    await page.getByLabel("Role of message 2").selectOption("tool");
    await page.keyboard.press("Control+Enter");
    assert.deepEqual(
      (await sent(opened)).messages.map(({ role, text }) => `${role}: ${text}`),
      ["user: And its colour?", "tool: A cat."],
    );
  });

  it("says at once what a number can not be, and does not send it", async () => {
    const opened = await compose(blankDraft);
    const { page, asked } = opened;
    await page.getByRole("textbox", { name: "Message 1" }).fill("Hello");
    const field = page.getByLabel("top_p");
    await field.fill("1.5");
    await page.getByRole("alert").getByText("0 < top_p ≤ 1").waitFor();
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await eventuallyInPage(page, `document.activeElement.id === "parameter-top_p"`);
    assert.equal(
      asked.some(({ name }) => name === "chat/send"),
      false,
    );
    await field.fill("0.9");
    await page.getByRole("alert").waitFor({ state: "detached" });
    await page.keyboard.press("Control+Enter");
    assert.deepEqual((await sent(opened)).parameters, { top_p: 0.9 });
  });

  it("shows what the extension refuses at its field, focuses the first, unfolds it and keeps all that was typed", async () => {
    const problems = [
      { where: "seed", text: "This server takes no seed." },
      { where: "extra", text: "messages cannot be set here." },
      { where: "somewhere", text: "And this has no field." },
    ];
    const opened = await compose(
      { ...conversation, parameters: {} },
      { "chat/send": () => Promise.resolve(problems) },
    );
    const { page } = opened;
    await page.getByRole("textbox", { name: "Message 3" }).fill("Typed");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const seed = page.getByLabel("seed");
    await page.getByText("This server takes no seed.").waitFor();
    await eventuallyInPage(page, `document.activeElement.id === "parameter-seed"`);
    assert.equal(await described(seed), "This server takes no seed.");
    const extra = page.getByRole("textbox", { name: "Extra JSON" });
    assert.match(await described(extra), /^messages cannot be set here\./);
    await page.getByText("And this has no field.").waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Message 3" }).inputValue(), "Typed");
    assert.equal(await extra.inputValue(), conversation.extra);
  });

  it("keeps what was typed when the endpoint is switched, and marks what that server does not know", async () => {
    const opened = await compose(blankDraft);
    const { page } = opened;
    await page.getByRole("textbox", { name: "Message 1" }).fill("Hello");
    await page.getByLabel("temperature").fill("0.5");
    await page.getByText("More parameters").click();
    await page.getByLabel("min_p").fill("0.05");
    await page.getByLabel("Endpoint", { exact: true }).selectOption("Model Studio");
    await page.getByText("Not known by this server").waitFor();
    assert.equal(await page.getByLabel("min_p").inputValue(), "0.05");
    assert.equal(await page.getByLabel("temperature").inputValue(), "0.5");
    assert.equal(await page.getByRole("textbox", { name: "Message 1" }).inputValue(), "Hello");
    await page.getByLabel("Endpoint", { exact: true }).selectOption("SGLang on the GPU box");
    await page.getByText("Not known by this server").waitFor({ state: "detached" });
    assert.equal(await page.getByLabel("min_p").inputValue(), "0.05");
  });

  it("offers the models that the server lists, and the endpoint's own where nothing is typed", async () => {
    const { page } = await compose(blankDraft);
    const field = page.getByLabel("Model", { exact: true });
    assert.equal(await field.getAttribute("placeholder"), "Qwen3-8B");
    assert.equal(await page.locator('#composer-models option[value="Qwen3-VL"]').count(), 1);
    await page.getByLabel("Endpoint", { exact: true }).selectOption("Model Studio");
    await eventually(async () => (await field.getAttribute("placeholder")) === "found out when it is sent");
  });

  it("keeps what is typed while the server is not known yet, and the cursor where it is", async () => {
    let describe = (): void => undefined;
    const opened = await show({
      snapshot: null,
      handlers: {
        "endpoint/describe": (asked) =>
          new Promise((resolve) => {
            describe = () => resolve(twoEndpoints["endpoint/describe"]!(asked));
          }),
      },
    });
    const { page, host } = opened;
    host.emit("composer/opened", { ...conversation, parameters: { max_tokens: 20 } });
    await page.getByLabel("max_tokens").fill("7");
    describe();
    await page.getByLabel("temperature").waitFor();
    await page.keyboard.type("0");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    assert.deepEqual((await sent(opened)).parameters, { max_tokens: 70 });
  });

  it("takes 5 MB of pasted text beside the field, and goes on drawing", async () => {
    const opened = await compose(blankDraft);
    const { page } = opened;
    const field = page.getByRole("textbox", { name: "Message 1" });
    await field.fill("Summarise this:");
    await page.evaluate(pasteText(`"0123456789abcde\\n".repeat(${length / 16})`));
    await page.getByText("5,242,880 characters").waitFor();
    await page.evaluate(
      "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))",
    );
    await field.press("End");
    await page.keyboard.type(" now");
    assert.equal(await field.inputValue(), "Summarise this: now");
    await page.getByText("Too long to be kept when the window loads again.", { exact: false }).waitFor();
    await page.keyboard.press("Control+Enter");
    const [message] = (await sent(opened)).messages;
    assert.equal(message?.text.length, "Summarise this: now\n\n".length + length);
  });

  it("pastes what a field can bear where the cursor is", async () => {
    const { page } = await compose(blankDraft);
    const field = page.getByRole("textbox", { name: "Message 1" });
    await field.fill("before after");
    await page.evaluate(`document.querySelector('textarea[name="text.0"]').setSelectionRange(7, 7)`);
    await page.evaluate(pasteText(`"x".repeat(20000)`));
    assert.equal(await field.inputValue(), `before ${"x".repeat(20_000)}after`);
  });

  it("keeps a draft over a reload of the page, and forgets it when it is sent", async () => {
    const opened = await compose(blankDraft);
    const { page, host } = opened;
    await page.getByRole("textbox", { name: "Message 1" }).fill("Not sent yet");
    await page.getByLabel("temperature").fill("0.4");
    await eventuallyInPage(page, `sessionStorage.getItem("state")?.includes("0.4") === true`);
    await page.reload();
    await page.getByText("Nothing has run yet").waitFor();
    host.emit("composer/opened", blankDraft);
    await page.getByLabel("temperature").waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Message 1" }).inputValue(), "Not sent yet");
    assert.equal(await page.getByLabel("temperature").inputValue(), "0.4");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await eventuallyInPage(page, `sessionStorage.getItem("state")?.includes("0.4") === false`);
  });

  it("sends the same to up to four", async () => {
    const opened = await compose(blankDraft);
    const { page, asked } = opened;
    await page.getByRole("textbox", { name: "Message 1" }).fill("Hello");
    await page.getByRole("button", { name: "Compare with…" }).click();
    await page.getByRole("button", { name: "Add another" }).click();
    await page.getByLabel("Model 2 to compare with").fill("Qwen3-VL");
    await page.getByRole("button", { name: "Add another" }).click();
    assert.equal(await page.getByRole("button", { name: "Add another" }).count(), 0);
    await page.getByRole("button", { name: "Do not compare with 3" }).click();
    await page.getByRole("button", { name: "Send to all" }).click();
    await eventually(() => asked.some(({ name }) => name === "chat/compare"));
    const { targets } = asked.at(-1)!.params as { targets: unknown };
    assert.deepEqual(targets, [
      { endpointId: "gpu", model: "" },
      { endpointId: "cloud", model: "" },
      { endpointId: "gpu", model: "Qwen3-VL" },
    ]);
  });

  it("fits into 320 pixels", async () => {
    const opened = await show({ snapshot: null, size: { width: 320, height: 640 } });
    const { page, host } = opened;
    host.emit("composer/opened", conversation);
    await page.getByLabel("temperature").waitFor();
    await page.getByRole("button", { name: "Compare with…" }).click();
    await eventuallyInPage(page, "document.documentElement.scrollWidth <= 320");
  });
});

const length = 5 * 1024 * 1024;

async function described(field: Locator): Promise<string> {
  const ids = (await field.getAttribute("aria-describedby"))?.split(" ") ?? [];
  const texts = ids.map((id) => field.page().locator(`[id="${id}"]`).textContent());
  return (await Promise.all(texts)).join(" ");
}

function pasteText(expression: string): string {
  return `(() => {
    const data = new DataTransfer();
    data.setData("text/plain", ${expression});
    const field = document.querySelector('textarea[name="text.0"]');
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  })()`;
}
