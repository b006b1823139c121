import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import type { WireEvent, WireExchange } from "../../src/core/chat/runWire.ts";
import type { SdkReading } from "../../src/core/chat/sdkReading.ts";
import { eventually, eventuallyInPage } from "./support/eventually.ts";
import type { RunPage, RunPageOptions } from "./support/runPage.ts";
import { finished, runOf } from "./support/runs.ts";
import { useRunPages } from "./support/usePages.ts";
import { anExchange, aReading, keptBytes, modelsExchange, someEvents } from "./support/wire.ts";

describe("the bytes of a run on its page", function () {
  const open = useRunPages();
  const snapshot = runOf({}, { answer: "Because.", wire: "kept", end: finished });
  const show = async (
    exchanges: readonly WireExchange[],
    reading?: SdkReading,
    options: RunPageOptions = {},
  ): Promise<RunPage & { readonly copied: readonly string[] }> => {
    const { handlers, copied } = keptBytes(exchanges, reading);
    return { ...(await open({ snapshot, handlers, ...options })), copied };
  };
  const unfold = async (page: Page): Promise<Locator> => {
    await page.getByText("On the wire").click();
    const content = page.locator(".exchange-content");
    await content.first().waitFor();
    return content;
  };
  const choose = (page: Page, part: RegExp): Promise<void> => page.getByRole("radio", { name: part }).check();

  it("asks for nothing while it is folded, and is not there where no bytes are kept", async () => {
    const { page, asked } = await show([anExchange()]);
    await page.getByText("On the wire").waitFor();
    await eventually(() => asked.some(({ name }) => name === "sdk/reading"));
    assert.deepEqual(
      asked.map(({ name }) => name),
      ["page/ready", "sdk/reading"],
    );
    const other = await show([], undefined, { snapshot: runOf({}, { answer: "Hi", end: finished }) });
    await other.page.locator(".answer", { hasText: "Hi" }).waitFor();
    assert.equal(await other.page.getByText("On the wire").count(), 0);
  });

  it("shows the exact request and reply with their headers", async () => {
    const { page } = await show([anExchange({ replyBody: "data: {}\n\n" })]);
    const content = await unfold(page);
    await content.getByText("POST http://localhost:30000/v1/chat/completions").waitFor();
    await content.getByText("authorization: Bearer •••").waitFor();
    await content.getByText('"content": "Why is the sky blue?"').waitFor();
    await choose(page, /^Reply$/);
    await content.getByText("HTTP 200").waitFor();
    await content.getByText("server: uvicorn").waitFor();
    await content.getByText("data: {}").waitFor();
  });

  it("unfolds the last of several requests, and the others when asked", async () => {
    const { page } = await show([modelsExchange, anExchange()]);
    const content = await unfold(page);
    assert.equal(await content.count(), 1);
    await page.locator(".wire-exchange > summary", { hasText: "/v1/models" }).click();
    await content.nth(1).waitFor();
    await content.first().getByText("GET http://localhost:30000/v1/models").waitFor();
  });

  it("pages a body of 2 MB, and copies all of it", async () => {
    const line = "0123456789abcdef".repeat(4);
    const requestBody = Array.from({ length: 32 * 1024 }, (_, index) => `${index} ${line}\n`).join("");
    const { page, copied, asked } = await show([anExchange({ requestBody })]);
    const content = await unfold(page);
    const pages = Math.ceil(requestBody.length / 65_536);
    await content.getByText(`Page 1 of ${pages}`).waitFor();
    const shown = content.locator(".wire-body");
    assert.ok((await shown.innerText()).startsWith("0 0123"));
    assert.equal((await shown.textContent())?.length, 65_536);
    await content.getByRole("button", { name: "Next" }).click();
    await content.getByText(`Page 2 of ${pages}`).waitFor();
    assert.equal(await shown.textContent(), requestBody.slice(65_536, 2 * 65_536));
    await content.getByRole("button", { name: "Previous" }).click();
    await content.getByText(`Page 1 of ${pages}`).waitFor();
    assert.equal(
      await content.getByRole("button", { name: "Previous" }).getAttribute("aria-disabled"),
      "true",
    );
    await content.getByRole("button", { name: "Copy request" }).click();
    await content.getByRole("button", { name: "Copied" }).waitFor();
    assert.ok(copied[0]?.endsWith(`\n\n${requestBody}`));
    const bodies = asked.filter(({ name }) => name === "wire/body").length;
    assert.equal(bodies, 3, "only what is looked at is asked for");
  });

  it("says what was not kept", async () => {
    const { page } = await show([anExchange({ requestCut: 1_000, replyCut: 2_345_678 })]);
    const content = await unfold(page);
    await content.getByText("1,000 more characters were not kept").waitFor();
    await choose(page, /^Reply$/);
    await content.getByText("2,345,678 more bytes were not kept").waitFor();
  });

  it("shows every event with its time, the gap before it, its kind and its text", async () => {
    const { page } = await show([anExchange()]);
    await unfold(page);
    await choose(page, /^Events \(13\)$/);
    const rows = page.locator(".events tbody tr");
    await rows.first().waitFor();
    assert.equal(await rows.count(), someEvents.length);
    assert.deepEqual(await rows.nth(0).locator("td").allInnerTexts(), [
      "182.4",
      "",
      "comment",
      " keep-alive",
    ]);
    const cells = await rows.nth(1).locator("td").allInnerTexts();
    assert.deepEqual(cells.slice(0, 3), ["214.4", "+32.0", "data"]);
    assert.match(cells[3] ?? "", /^…"delta":\{"reasoning_content":"The"/);
    await rows.nth(1).locator("summary").click();
    await rows.nth(1).getByText('"reasoning_content": "The"').waitFor();
    await rows.last().getByText("The server closed the stream.").waitFor();
  });

  it("filters events while one types, and says when there are none", async () => {
    const { page, copied } = await show([anExchange()]);
    await unfold(page);
    await choose(page, /^Events/);
    const filter = page.getByLabel("Filter events");
    await filter.fill("REASONING_content");
    await page.getByText("Events: 3", { exact: true }).waitFor();
    const rows = page.locator(".events tbody tr");
    await eventually(async () => (await rows.count()) === 3);
    await filter.fill("error");
    await page.getByText("Events: 1", { exact: true }).waitFor();
    await rows.getByText("The request queue is full.").first().waitFor();
    await filter.fill("no such thing");
    await page.getByText("No event matches.").waitFor();
    assert.equal(await rows.count(), 0);
    await page.getByRole("button", { name: "Copy events" }).click();
    await eventually(() => copied.length === 1);
    assert.equal(copied[0]?.split("\n").length, someEvents.length);
    assert.ok(copied[0].startsWith("182.4\tcomment\t keep-alive\n214.4\tdata\t{"));
  });

  it("pages 100,000 events, filtered or not", async () => {
    const events = Array.from({ length: 100_000 }, (_, index): WireEvent => ({
      atMs: index,
      kind: "data",
      text: index % 250 === 0 ? `mark ${index}` : "x",
    }));
    const { page } = await show([anExchange({ events, replyBody: "" })]);
    await unfold(page);
    await choose(page, /^Events \(100,000\)$/);
    await page.getByText("1 to 200 of 100,000").waitFor();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("201 to 400 of 100,000").waitFor();
    await page.locator(".events").getByText("mark 250").waitFor();
    await page.getByLabel("Filter events").fill("mark");
    await page.getByText("1 to 200 of 400").waitFor();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("201 to 400 of 400").waitFor();
    await page.locator(".events").getByText("mark 99750").waitFor();
    assert.equal(await page.getByRole("button", { name: "Next" }).getAttribute("aria-disabled"), "true");
  });

  it("shows only the start of an event of a megabyte", async () => {
    const events: WireEvent[] = [{ atMs: 1, kind: "data", text: `{"a":"${"x".repeat(1_000_000)}"}` }];
    const { page } = await show([anExchange({ events })]);
    await unfold(page);
    await choose(page, /^Events/);
    await page.locator(".event-text summary").click();
    await page.getByText("The first 4,096 of 1,000,008 characters; the reply has all of it.").waitFor();
  });

  it("notes that the OpenAI SDK sees something else, and leads to what", async () => {
    const { page } = await show([modelsExchange, anExchange()], aReading);
    await page.getByText("The OpenAI SDK would have shown something else.").waitFor();
    assert.equal(await page.locator(".exchange-content").count(), 0);
    await page.getByRole("button", { name: "See what" }).click();
    const part = page.getByRole("group", { name: "OpenAI SDK" });
    await part.getByText("a field that the SDK does not type", { exact: false }).waitFor();
    await part.getByText('content: " blue because air"').waitFor();
    await eventuallyInPage(page, `document.activeElement?.classList.contains("sdk-part") === true`);
    await choose(page, /^Reply$/);
    await page.getByText("HTTP 200").waitFor();
    await page.getByRole("button", { name: "See what" }).click();
    await part.waitFor();
  });

  it("has the part, and no note, where a program gets the same but for an untyped field", async () => {
    const { page } = await show([anExchange()], { ...aReading, differs: "field" });
    await unfold(page);
    await choose(page, /^OpenAI SDK$/);
    await page.getByText("a field that the SDK does not type", { exact: false }).waitFor();
    assert.equal(await page.getByText("The OpenAI SDK would have shown something else.").count(), 0);
  });

  it("has no note and no such part where the SDK sees the same", async () => {
    const { page } = await show([anExchange()]);
    const content = await unfold(page);
    await content.getByText("Request", { exact: true }).waitFor();
    assert.equal(await page.getByText("OpenAI SDK").count(), 0);
  });

  it("says in one sentence that the bytes are no longer kept, and why", async () => {
    const dropped = runOf({}, { answer: "Because.", wire: "dropped", end: finished });
    const { page, asked } = await show([], undefined, { snapshot: dropped });
    await page
      .getByText(
        "What this run sent and received is no longer kept: the runs of this window went over 64 MB together, and the oldest make room.",
        { exact: true },
      )
      .waitFor();
    await page.locator(".answer", { hasText: "Because." }).waitFor();
    await page.locator(".metrics").waitFor();
    assert.equal(await page.getByText("On the wire").count(), 0);
    assert.deepEqual(
      asked.map(({ name }) => name),
      ["page/ready"],
    );
  });

  it("shows what has come while the run goes on, and all of it at the end", async () => {
    const growing: WireEvent[] = [...someEvents.slice(0, 3)];
    const running = runOf({}, { answer: "Be", wire: "kept" });
    const exchange = { ...anExchange(), events: growing };
    const { page, host } = await show([exchange], undefined, {});
    host.emit("run/shown", running);
    await unfold(page);
    await choose(page, /^Events \(3\)$/);
    growing.push(...someEvents.slice(3, 5));
    await page.getByRole("button", { name: "Show what has come since" }).click();
    await page.getByText("Events (5)").waitFor();
    await page.getByText("Events: 5", { exact: true }).waitFor();
    growing.push(...someEvents.slice(5));
    host.emit("run/ended", { runId: "run-1", end: finished });
    await page.getByText("Events (13)").waitFor();
    await eventually(async () => (await page.locator(".events tbody tr").count()) === someEvents.length);
  });

  it("can be used with the keyboard alone", async () => {
    const { page } = await show([anExchange()]);
    await page.locator(".wire-fold > summary").focus();
    await page.keyboard.press("Enter");
    await page.locator(".exchange-content").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.getByText("HTTP 200").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.locator(".events").waitFor();
  });

  it("reads nothing of a reply as markup, and hides no character of it", async () => {
    const hostile = '<img src=x onerror="toTest(1)">\u202e\0\ud800';
    const { page } = await show(
      [
        anExchange({
          url: `http://h/${hostile}`,
          replyHeaders: { [hostile]: hostile },
          replyBody: hostile,
          events: [
            { atMs: 1, kind: "data", name: hostile, text: `${hostile} ${"long ".repeat(30)}` },
            { atMs: 2, kind: "comment", text: hostile },
            { atMs: 3, kind: "end", text: hostile },
          ],
        }),
      ],
      { ...aReading, got: { kind: "error", name: hostile, message: hostile }, differences: [hostile] },
    );
    const content = await unfold(page);
    const written = '<img src=x onerror="toTest(1)">[U+202E]␀[U+D800]';
    for (const part of [/^Reply$/, /^Events/, /^OpenAI SDK$/]) {
      await choose(page, part);
      await content.getByText(written).first().waitFor();
    }
    assert.equal(await page.locator("#root img").count(), 0);
  });
});
