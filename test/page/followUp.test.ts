import assert from "node:assert/strict";
import type { ChatDraft } from "../../src/core/chat/chatDraft.ts";
import { conversation, twoEndpoints } from "./support/drafts.ts";
import { eventually } from "./support/eventually.ts";
import type { RunPage } from "./support/runPage.ts";
import { finished, runOf } from "./support/runs.ts";
import { useRunPages } from "./support/usePages.ts";

describe("what can be asked below an answer", function () {
  const show = useRunPages({ handlers: twoEndpoints });

  const sent = async ({ asked }: RunPage, count = 1): Promise<ChatDraft> => {
    const sends = (): typeof asked => asked.filter(({ name }) => name === "chat/send");
    await eventually(() => sends().length === count);
    return (sends().at(-1)!.params as { draft: ChatDraft }).draft;
  };

  it("keeps a draft while another run is looked at", async () => {
    const asks = { "draft/of": () => Promise.resolve(conversation) };
    const { page, host } = await show({
      snapshot: runOf({}, { answer: "A", end: finished }),
      handlers: asks,
    });
    await page.getByRole("button", { name: "Edit request" }).click();
    await page.getByRole("textbox", { name: "Message 3" }).fill("Edited");
    host.emit("run/shown", runOf({ runId: "run-2" }, { answer: "B", end: finished }));
    await page.getByRole("textbox", { name: "Your reply" }).fill("For the second");
    host.emit("run/shown", runOf({}, { answer: "A", end: finished }));
    await page.getByRole("textbox", { name: "Message 3" }).waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Message 3" }).inputValue(), "Edited");
    host.emit("run/shown", runOf({ runId: "run-2" }, { answer: "B", end: finished }));
    const reply = page.getByRole("textbox", { name: "Your reply" });
    await reply.waitFor();
    assert.equal(await reply.inputValue(), "For the second");
  });

  it("replies with the whole conversation", async () => {
    const opened = await show({
      snapshot: runOf({}, { answer: "A cat.", end: finished }),
      handlers: { "draft/of": () => Promise.resolve(conversation) },
    });
    const { page, asked } = opened;
    await page.getByRole("textbox", { name: "Your reply" }).fill("Why?");
    await page.keyboard.press("Control+Enter");
    const { messages, ...rest } = await sent(opened);
    assert.deepEqual(messages, [...conversation.messages, { role: "user", text: "Why?", images: [] }]);
    assert.deepEqual({ ...rest, messages: conversation.messages }, conversation);
    const about = asked.find(({ name }) => name === "draft/of");
    assert.deepEqual(about?.params, { runId: "run-1", answer: "with" });
  });

  it("unfolds all fields when a reply is refused, the problem at its field", async () => {
    const { page } = await show({
      snapshot: runOf({}, { answer: "A cat.", end: finished }),
      handlers: {
        "draft/of": () => Promise.resolve(conversation),
        "chat/send": () => Promise.resolve([{ where: "images", text: "cat.png is gone." }]),
      },
    });
    await page.getByRole("textbox", { name: "Your reply" }).fill("Why?");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByRole("alert").getByText("cat.png is gone.").waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Message 4" }).inputValue(), "Why?");
  });

  it("lets the model go on after it stopped for length alone", async () => {
    const { page, asked, host } = await show({
      snapshot: runOf({}, { answer: "Half", end: { ...finished, finishReason: "length" } }),
    });
    await page.getByRole("button", { name: "Continue" }).click();
    await eventually(() => asked.some(({ name }) => name === "run/continue"));
    host.emit("run/shown", runOf({}, { answer: "Whole", end: finished }));
    await page.locator(".answer", { hasText: "Whole" }).waitFor();
    await page.getByRole("textbox", { name: "Your reply" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Continue" }).count(), 0);
  });

  it("shows earlier messages when they are unfolded, as text alone", async () => {
    const system = "<img src=x onerror=toTest('ran')> \u202e";
    const { page, asked } = await show({
      snapshot: runOf({ earlierMessages: 3 }, { answer: "Brown.", end: finished }),
      handlers: { "draft/of": () => Promise.resolve({ ...conversation, system }) },
    });
    assert.equal(
      asked.some(({ name }) => name === "draft/of"),
      false,
    );
    await page.getByText("Earlier messages (3)").click();
    const turns = page.locator(".turns");
    await turns.getByText("What is in the picture?").waitFor();
    await turns.getByText("<img src=x onerror=toTest('ran')> [U+202E]").waitFor();
    assert.equal(await turns.getByText("And its colour?").count(), 0);
  });
});
