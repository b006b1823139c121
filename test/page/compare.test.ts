import assert from "node:assert/strict";
import type { Browser, Locator } from "playwright-core";
import { launchChromium } from "../../dev/workbench/chromium.ts";
import type { ChatDraft } from "../../src/core/chat/chatDraft.ts";
import type { RunPanelContract, RunSnapshot } from "../../src/shared/runPanel.ts";
import { blankDraft, twoEndpoints } from "./support/drafts.ts";
import { eventually } from "./support/eventually.ts";
import { openRunPage, type RunPage, type RunPageOptions } from "./support/runPage.ts";
import { columnOf, comparedAll, compareOf, measured, refused, threeColumns } from "./support/runs.ts";
import { startSite, type Site } from "./support/site.ts";
import { anExchange, aReading, keptBytes } from "./support/wire.ts";

type Events = RunPanelContract["events"];

const isOf = (params: unknown, runId: string): boolean =>
  (params as { readonly runId?: string }).runId === runId;

describe("the page of a comparison", function () {
  let browser: Browser;
  let site: Site;
  let opened: RunPage;
  const show = async (options: RunPageOptions): Promise<RunPage> => {
    opened = await openRunPage(browser, site, options);
    await opened.page.locator(".compare-column").first().waitFor();
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

  const column = (name: string): Locator => opened.page.getByRole("region", { name });
  const say = (runId: string, text: Partial<Events["run/appended"]>): void =>
    opened.host.emit("run/appended", { runId, answer: "", reasoning: "", ...text });
  const row = async (name: string): Promise<string[]> => {
    const cells = opened.page.getByRole("row", { name: new RegExp(`^${name}`) }).locator("td");
    return (await cells.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
  };
  const heard = (): Promise<string[]> => opened.page.locator("[role=log] > p").allInnerTexts();
  const lastAsked = async (count: number): Promise<unknown> => {
    await eventually(() => opened.asked.length === count);
    return opened.asked.at(-1);
  };

  it("streams three at once, of which one fails, one is stopped and one goes on", async () => {
    const { page, host } = await show({ snapshot: compareOf(threeColumns) });
    await page.getByText("Why is the sky blue?").waitFor();
    say("a", { reasoning: "Hm. " });
    say("b", { answer: "Because **of** air" });
    say("a", { answer: "Light" });
    await column("SGLang chat").getByText("Thought for").waitFor();
    await column("SGLang chat").getByText("Light", { exact: true }).waitFor();
    await column("vLLM").locator("strong", { hasText: "of" }).waitFor();
    await column("llama.cpp").getByText("Waiting for the first token…").waitFor();
    assert.equal(await page.locator("table.compare-table").count(), 0, "nothing has ended yet");

    host.emit("run/updated", { runId: "c", rungs: [], findings: [refused] });
    host.emit("run/ended", { runId: "c", end: { state: "failed" } });
    await column("llama.cpp").getByRole("heading", { name: "Nothing listens on port 30000" }).waitFor();
    await column("vLLM").getByRole("button", { name: "Stop" }).click();
    assert.deepEqual(await lastAsked(2), { name: "run/stop", params: { runId: "b" } });
    host.emit("run/ended", { runId: "b", end: { state: "stopped", timings: { endToEndMs: 800 } } });
    await column("vLLM").getByText("Stopped. The rest was not requested any more.").waitFor();
    assert.deepEqual(await row("Total time"), ["… still running", "800 ms", "– not known"]);

    say("a", { answer: " scatters" });
    await column("SGLang chat").getByText("Light scatters").waitFor();
    assert.equal(await page.getByRole("button", { name: "Stop" }).count(), 2, "its own, and that of all");
    host.emit("run/ended", { runId: "a", end: measured });
    host.emit("run/ended", { runId: "run-1", end: { state: "finished" } });
    await page.getByRole("button", { name: "Again" }).waitFor();
    assert.deepEqual(await row("State"), ["Finished", "Stopped", "Failed"]);
    assert.deepEqual(await heard(), [
      "SGLang chat, Qwen3-8B: The answer is complete.",
      "vLLM on the GPU box, Qwen/Qwen3-32B-AWQ: Stopped",
      "llama.cpp, qwen3-8b-q4_k_m.gguf: Failed: Nothing listens on port 30000",
    ]);
    assert.equal(await page.locator("[role=status]").innerText(), "The comparison is complete.");
  });

  it("marks the best of a row by shape and words, not an estimate, and says what is not known", async () => {
    const { page } = await show({ snapshot: comparedAll, size: { width: 1200, height: 900 } });
    await page.locator("table.compare-table").waitFor();
    assert.deepEqual(await row("First token"), ["214 ms", "96 ms (best)", "– not known", "402 ms"]);
    assert.deepEqual(await row("First answer token"), [
      "2.81 s",
      "96 ms (best)",
      "– not known",
      "– not known",
    ]);
    assert.deepEqual(await row("Tokens/s"), ["68.9", "≈ 46.1", "– not known", "– not known"]);
    assert.deepEqual(await row("Completion tokens"), ["567", "≈ 9", "– not known", "– not known"]);
    assert.equal(await page.locator("td.compare-best svg.icon-done").count(), 3);
    const definition = await page.getByRole("rowheader", { name: "First token" }).getAttribute("title");
    assert.match(definition ?? "", /first content, reasoning or tool call/);
  });

  it("applies a fix to the endpoint of its column, and copies its answer", async () => {
    await show({ snapshot: comparedAll });
    await column("vLLM").getByRole("button", { name: "Copy launch command" }).click();
    assert.deepEqual(await lastAsked(2), { name: "fix/apply", params: { runId: "c", fixId: "start" } });
    await column("vLLM").locator(".fixes .icon-done").waitFor();
    await column("llama.cpp").getByRole("button", { name: "Copy" }).click();
    assert.deepEqual(await lastAsked(3), { name: "run/copy", params: { runId: "b" } });
    await column("llama.cpp").getByText("Copied").waitFor();
  });

  it("stops, repeats and copies all from the head", async () => {
    const { page, host } = await show({ snapshot: compareOf(threeColumns) });
    await page.locator("header.head").getByRole("button", { name: "Stop" }).click();
    assert.deepEqual(await lastAsked(2), { name: "run/stop", params: { runId: "run-1" } });
    host.emit("run/shown", comparedAll);
    await page.locator("header.head").getByRole("button", { name: "Copy" }).click();
    const copied = (await lastAsked(3)) as {
      readonly name: string;
      readonly params: { readonly text: string };
    };
    assert.equal(copied.name, "code/copy");
    assert.match(copied.params.text, /^\| {2}\| SGLang chat · Qwen3-8B \| llama\.cpp · /);
    assert.match(copied.params.text, /\| First token \| 214 ms \| \*\*96 ms\*\* \| – \| 402 ms \|/);
    assert.match(
      copied.params.text,
      /## llama\.cpp · qwen3-8b-q4_k_m\.gguf\n\nBecause of \*\*Rayleigh scattering\*\*\./,
    );
    assert.match(
      copied.params.text,
      /## vLLM on the GPU box · Qwen\/Qwen3-32B-AWQ\n\nNothing listens on port 30000/,
    );
    await page.locator("header.head").getByRole("button", { name: "Again" }).click();
    assert.deepEqual(await lastAsked(4), { name: "run/again", params: { runId: "run-1" } });
  });

  it("takes a column that is shown again in its place", async () => {
    const { host } = await show({ snapshot: compareOf(threeColumns) });
    host.emit("run/shown", columnOf("b", "vLLM on the GPU box", "the-model-it-serves"));
    await column("vLLM").getByText("the-model-it-serves").waitFor();
    const titles = await opened.page.locator(".compare-title > .wire:first-child").allInnerTexts();
    assert.deepEqual(titles, ["SGLang chat", "vLLM on the GPU box", "llama.cpp"]);
  });

  const withWires = (...wires: readonly RunSnapshot["wire"][]): RunSnapshot => ({
    ...comparedAll,
    columns: comparedAll.columns!.map((each, index) => {
      const wire = wires[index];
      return wire === undefined ? each : { ...each, wire };
    }),
  });

  it("shows what went over the wire of one at a time, asked for when it is unfolded", async () => {
    const { handlers } = keptBytes([anExchange()], aReading, ["a", "b", "d"]);
    const snapshot = withWires("kept", "kept", "dropped", "kept");
    const { page, asked } = await show({ snapshot, handlers });
    await page.getByText("On the wire").waitFor();
    assert.deepEqual(
      asked.map(({ name }) => name),
      ["page/ready"],
    );
    await page.getByText("On the wire").click();
    await page.locator(".exchange-content").waitFor();
    const runIds = (): readonly unknown[] => [
      ...new Set(asked.slice(1).map(({ params }) => (params as { readonly runId: string }).runId)),
    ];
    assert.deepEqual(runIds(), ["a"]);
    const whose = page.getByRole("group", { name: "Whose request and reply" });
    assert.deepEqual(await whose.locator("label").allInnerTexts(), [
      "Qwen3-8B",
      "qwen3-8b-q4_k_m.gguf",
      "Qwen/Qwen3-32B-AWQ",
      "qwen-plus",
    ]);
    await page.getByRole("radio", { name: /^Events/ }).check();
    await page.locator(".events").waitFor();

    await whose.getByRole("radio", { name: "Qwen3-8B", exact: true }).focus();
    await page.keyboard.press("ArrowRight");
    await eventually(() => asked.some(({ name, params }) => name === "wire/events" && isOf(params, "b")));
    await page.locator(".events").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByText("What this run sent and received is no longer kept").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("button", { name: "See what" }).click();
    await page.locator(".sdk-part").waitFor();
    assert.deepEqual(runIds(), ["a", "b", "d"]);
  });

  it("has no wire to look into where no bytes are kept", async () => {
    const { page } = await show({ snapshot: comparedAll });
    await page.getByRole("button", { name: "Edit request" }).waitFor();
    assert.equal(await page.getByText("On the wire").count(), 0);
  });

  it("is edited with all that were compared, and sent to them again", async () => {
    const draft: ChatDraft = {
      ...{ ...blankDraft, messages: [{ role: "user", text: "Why is the sky blue?", images: [] }] },
      comparedWith: [
        { endpointId: "cloud", model: "qwen3-max" },
        { endpointId: "gpu", model: "Qwen3-VL" },
      ],
    };
    const handlers = { ...twoEndpoints, "draft/of": () => Promise.resolve(draft) };
    const { page, asked } = await show({ snapshot: comparedAll, handlers });
    await page.getByRole("button", { name: "Edit request" }).click();
    await eventually(() => asked.some(({ name }) => name === "draft/of"));
    await page.getByLabel("Model 2 to compare with").fill("Qwen3-8B");
    await page.getByRole("button", { name: "Send to all" }).click();
    await eventually(() => asked.some(({ name }) => name === "chat/compare"));
    const { targets } = asked.at(-1)!.params as { targets: unknown };
    assert.deepEqual(targets, [
      { endpointId: "gpu", model: "" },
      { endpointId: "cloud", model: "qwen3-max" },
      { endpointId: "gpu", model: "Qwen3-8B" },
    ]);
  });

  it("can not be edited while it goes on, nor where only the record is left", async () => {
    const { page, host } = await show({ snapshot: compareOf(threeColumns) });
    const edit = page.getByRole("button", { name: "Edit request" });
    assert.equal(await edit.count(), 0);
    host.emit("run/ended", { runId: "run-1", end: { state: "finished" } });
    await edit.waitFor();
    host.emit("run/shown", { ...comparedAll, restored: "record" });
    await page.locator("table.compare-table").waitFor();
    assert.equal(await edit.count(), 0);
  });

  it("follows each stream in its own box, only while the reader is at its end", async () => {
    const { page } = await show({ snapshot: compareOf(threeColumns), size: { width: 900, height: 500 } });
    const paragraphs = (from: number): string =>
      Array.from({ length: 40 }, (_, index) => `Paragraph ${from + index}.\n\n`).join("");
    const box = (name: string): Locator => column(name).locator(".compare-body");
    const distance = (name: string): Promise<number> =>
      box(name).evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
    say("a", { answer: paragraphs(0) });
    say("b", { answer: paragraphs(0) });
    for (const name of ["SGLang chat", "vLLM"]) {
      await column(name).getByText("Paragraph 39.").waitFor({ state: "attached" });
      await eventually(async () => (await distance(name)) < 2);
    }
    await box("SGLang chat").hover();
    await page.mouse.wheel(0, -200);
    await column("SGLang chat").getByRole("button", { name: "Follow" }).waitFor();
    const top = await box("SGLang chat").evaluate((element) => element.scrollTop);
    const pageTop = await page.evaluate("scrollY");
    say("a", { answer: paragraphs(40) });
    say("b", { answer: paragraphs(40) });
    await column("SGLang chat").getByText("Paragraph 79.").waitFor({ state: "attached" });
    await eventually(async () => (await distance("vLLM")) < 2);
    assert.equal(await box("SGLang chat").evaluate((element) => element.scrollTop), top);
    assert.equal(await page.evaluate("scrollY"), pageTop, "the page itself stays where it is");
    await column("SGLang chat").getByRole("button", { name: "Follow" }).click();
    await eventually(async () => (await distance("SGLang chat")) < 2);
  });

  for (const [width, columns] of [
    [1300, 4],
    [700, 2],
    [300, 1],
  ] as const) {
    it(`has ${columns} beside one another at ${width} pixels, and is never wider than the window`, async () => {
      const { page } = await show({ snapshot: comparedAll, size: { width, height: 800 } });
      await page.locator("table.compare-table").waitFor();
      const lefts = await page
        .locator(".compare-column")
        .evaluateAll((found) => found.map((element) => Math.round(element.getBoundingClientRect().left)));
      assert.equal(new Set(lefts).size, columns);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
    });
  }
});
