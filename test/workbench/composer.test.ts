import assert from "node:assert/strict";
import { truncateSync, writeFileSync } from "node:fs";
import { createServer, request as send, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Frame, Locator } from "playwright-core";

import {
  demoEntry,
  type DemoServer,
  openWithEndpoints,
  runOn,
  startDemoServer,
  until,
  type Workbench,
} from "./openWithEndpoints.ts";

interface Body {
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly temperature?: number;
  readonly max_tokens?: number;
}

const images = {
  "dot.png":
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "dot.gif": "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
  "dot.webp": "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==",
};

describe("the composer in the window", () => {
  let workbench: Workbench;
  let demo: DemoServer;
  let heard: Listener;
  before(async () => {
    demo = await startDemoServer({ tokensPerSecond: 0 });
    heard = await listenBefore(demo);
    const entry = { ...demoEntry(demo), baseUrl: heard.baseUrl };
    workbench = await openWithEndpoints([entry, { ...entry, id: "second", name: "Second endpoint" }], {
      prepare: writeImages,
    });
  });
  after(async () => {
    await workbench.close();
    heard.close();
    await demo.close();
  });

  const bodyAt = async (index: number): Promise<Body> => {
    await until(`request ${index}`, () => heard.bodies.length > index);
    return heard.bodies[index]!;
  };
  const ended = async (page: Frame): Promise<void> =>
    page.getByRole("textbox", { name: "Your reply" }).waitFor();

  it("sends a new chat with system prompt and parameters", async () => {
    await runOn(workbench, "Qwen: New Chat", "Demo endpoint");
    const page = await workbench.webviewWith("main");
    await page.getByText("System prompt").click();
    await page.getByRole("textbox", { name: "System prompt" }).fill("Answer briefly.");
    await page.getByRole("textbox", { name: "Message 1" }).fill("Why is the sky blue?");
    await page.getByLabel("max_tokens").fill("20");
    await page.locator("label", { hasText: "Off" }).click();
    await page.getByText("Extra JSON", { exact: true }).click();
    await page.getByRole("textbox", { name: "Extra JSON" }).fill('{ "temperature": 0.5 }');
    await workbench.picture("composer-dark");
    await page.getByRole("textbox", { name: "Message 1" }).press("Control+Enter");
    const { messages, temperature, max_tokens } = await bodyAt(0);
    assert.deepEqual(messages, [
      { role: "system", content: "Answer briefly." },
      { role: "user", content: "Why is the sky blue?" },
    ]);
    assert.deepEqual([temperature, max_tokens], [0.5, 20]);
  });

  it("lets the model go on after it stopped for length, with its answer so far", async () => {
    const page = await workbench.webviewWith("main");
    await page.getByRole("button", { name: "Continue" }).click();
    const { messages } = await bodyAt(1);
    const [, question, answer] = messages;
    assert.deepEqual([question?.content, answer?.role], ["Why is the sky blue?", "assistant"]);
    assert.match(String(answer?.content), /No model wrote this answer/);
  });

  it("replies with the whole conversation", async () => {
    const page = await workbench.webviewWith("main");
    await ended(page);
    await page.getByRole("textbox", { name: "Your reply" }).fill("And at sunset?");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const { messages } = await bodyAt(2);
    assert.equal(messages[1]?.content, "Why is the sky blue?");
    assert.equal(messages.at(-1)?.content, "And at sunset?");
    await page.getByText(/^Earlier messages/).click();
    await page.locator(".turns").getByText("Answer briefly.").waitFor();
  });

  it("edits the request and sends it again", async () => {
    const page = await workbench.webviewWith("main");
    await ended(page);
    await page.getByRole("button", { name: "Edit request" }).click();
    await page.locator(".message textarea").last().fill("And at noon?");
    await page.getByLabel("max_tokens").fill("70");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const { messages, max_tokens } = await bodyAt(3);
    assert.deepEqual([messages.at(-1)?.content, max_tokens], ["And at noon?", 70]);
  });

  it("sends images that were chosen, dropped and pasted, as data URLs", async () => {
    await runOn(workbench, "Qwen: New Chat", "Demo endpoint");
    const page = await workbench.webviewWith("main");
    const message = page.getByRole("textbox", { name: "Message 1" });
    // There is only one now, and it is empty: the conversation has given way.
    await page.locator(".message").nth(1).waitFor({ state: "detached" });
    await message.fill("What are these?");
    await choose(workbench, page, "dot.png");
    await page.getByText("dot.png").waitFor();
    await drop(workbench, page, "dot.gif");
    await page.getByText("dot.gif").waitFor();
    await page.evaluate(pasteImage("dot.webp"));
    await page.getByText("dot.webp").waitFor();
    await message.press("Control+Enter");
    const { messages } = await bodyAt(4);
    assert.deepEqual(messages, [
      { role: "user", content: [{ type: "text", text: "What are these?" }, ...sent] },
    ]);
  });

  it("says of an image of 30 MB how large it is and what the most is, and loses nothing of the draft", async () => {
    const page = await workbench.webviewWith("main");
    await ended(page);
    await page.getByRole("button", { name: "Edit request" }).click();
    await page.getByRole("textbox", { name: "Message 1" }).fill("And these?");
    await choose(workbench, page, "huge.png");
    await page.getByRole("alert").getByText("huge.png has 30 MB, and 20 MB is the most").waitFor();
    await workbench.press("F1");
    await workbench.page.locator(".quick-input-list .monaco-list-row").first().waitFor();
    await workbench.press("Escape");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const { messages } = await bodyAt(5);
    assert.deepEqual(messages, [{ role: "user", content: [{ type: "text", text: "And these?" }, ...sent] }]);
  });

  it("sends them to all that are compared", async () => {
    const page = await workbench.webviewWith("main");
    await ended(page);
    await page.getByRole("button", { name: "Edit request" }).click();
    await page.getByRole("button", { name: "Compare with…" }).click();
    await page.getByRole("button", { name: "Send to all" }).click();
    for (const index of [6, 7]) {
      const { messages } = await bodyAt(index);
      assert.deepEqual(messages.at(-1)?.content, [{ type: "text", text: "And these?" }, ...sent]);
    }
    await workbench.webviewWith(".compare-column");
  });
});

describe("the composer in a light window", () => {
  let workbench: Workbench;
  let demo: DemoServer;
  before(async () => {
    demo = await startDemoServer({ tokensPerSecond: 0 });
    const second = demoEntry(demo, { id: "second", name: "Second endpoint" });
    workbench = await openWithEndpoints([demoEntry(demo), second], { theme: "light" });
  });
  after(async () => {
    await workbench.close();
    await demo.close();
  });

  it("names what is wrong at its field, and chooses whom else to ask", async () => {
    await runOn(workbench, "Qwen: New Chat", "Demo endpoint");
    const page = await workbench.webviewWith("main");
    await page.getByRole("textbox", { name: "Message 1" }).fill("Name three primes.");
    await page.getByRole("button", { name: "Add a message" }).click();
    await page.getByRole("textbox", { name: "Message 2" }).fill("2, 3 and 5.");
    await page.getByRole("button", { name: "Compare with…" }).click();
    await page.getByLabel("Model 1 to compare with").fill("demo-chat");
    await page.getByLabel("max_tokens").fill("many");
    await page.getByRole("button", { name: "Send to all" }).click();
    await page.getByRole("alert").first().waitFor();
    await workbench.picture("composer-light");
    assert.equal(demo.log.filter(({ path }) => path.endsWith("/chat/completions")).length, 0);
  });
});

const sent = Object.entries(images).map(([name, base64]) => ({
  type: "image_url",
  image_url: { url: `data:image/${name.slice(4)};base64,${base64}` },
}));

function writeImages(folder: string): void {
  for (const [name, base64] of Object.entries(images)) {
    writeFileSync(join(folder, name), base64, "base64");
  }
  writeFileSync(join(folder, "huge.png"), images["dot.png"], "base64");
  truncateSync(join(folder, "huge.png"), 30_000_000);
}

/** In the file dialog of the window, which is an input box that takes a path. */
async function choose(workbench: Workbench, page: Frame, name: string): Promise<void> {
  await page.getByRole("button", { name: "Add images" }).click();
  const dialog = workbench.page.locator(".quick-input-widget:visible");
  await dialog.locator(".quick-input-title", { hasText: "Add images" }).waitFor();
  await dialog.locator(".monaco-list-row", { hasText: name }).waitFor();
  await dialog.locator("input").first().fill(join(workbench.folder, name));
  await dialog.locator(".monaco-list-row.focused", { hasText: name }).waitFor();
  await workbench.press("Enter");
}

/** As from a file manager: it comes in over the head of the page, and no key is held. */
async function drop(workbench: Workbench, page: Frame, name: string): Promise<void> {
  const drag = await workbench.page.context().newCDPSession(workbench.page);
  const data = { items: [], files: [join(workbench.folder, name)], dragOperationsMask: 1 };
  const over = async (type: "dragEnter" | "dragOver" | "drop", target: Locator): Promise<void> => {
    const { x, y } = (await target.boundingBox())!;
    await drag.send("Input.dispatchDragEvent", { type, x: x + 10, y: y + 10, data });
  };
  const [head, message] = [page.locator("h1"), page.getByRole("textbox", { name: "Message 1" })];
  await over("dragEnter", head);
  await over("dragOver", head);
  await over("dragOver", message);
  await over("dragOver", message);
  await over("drop", message);
  await drag.detach();
}

function pasteImage(name: keyof typeof images): string {
  return `(() => {
    const bytes = Uint8Array.from(atob(${JSON.stringify(images[name])}), (character) => character.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], ${JSON.stringify(name)}, { type: "image/webp" }));
    const field = document.querySelector('.message textarea');
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  })()`;
}

interface Listener {
  readonly baseUrl: string;
  /** Of chat requests, in the order of arrival. */
  readonly bodies: readonly Body[];
  readonly close: () => void;
}

/** Passes everything on to the demo server, which keeps no prompts, and keeps the bodies of chats. */
async function listenBefore(demo: DemoServer): Promise<Listener> {
  const bodies: Body[] = [];
  const server: Server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => void chunks.push(chunk));
    incoming.on("end", () => {
      const body = Buffer.concat(chunks);
      if (incoming.url?.endsWith("/chat/completions") === true) {
        bodies.push(JSON.parse(body.toString()) as Body);
      }
      const url = new URL(incoming.url ?? "/", demo.baseUrl);
      const { method = "GET", headers } = incoming;
      send(url, { method, headers }, (reply) => {
        response.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(response);
      }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    bodies,
    close: () => void server.close(),
  };
}
