import assert from "node:assert/strict";
import { createServer, request as send, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Frame } from "playwright-core";

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

describe("the composer in the window", () => {
  let workbench: Workbench;
  let demo: DemoServer;
  let heard: Listener;
  before(async () => {
    demo = await startDemoServer({ tokensPerSecond: 0 });
    heard = await listenBefore(demo);
    const entry = { ...demoEntry(demo), baseUrl: heard.baseUrl };
    workbench = await openWithEndpoints([entry, { ...entry, id: "second", name: "Second endpoint" }]);
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
