import assert from "node:assert/strict";
import type { Frame } from "playwright-core";

import { sse, startFaultServer, type FaultServer } from "../support/faultServer.ts";
import { openWithEndpoints, pick, selectAll, until, type Workbench } from "./openWithEndpoints.ts";
import { pictures } from "./themes.ts";

const code = "def add(a, b):\n    return a - b\n";
const fixed = "def add(a, b):\n    return a + b";
const answer = `The sign was wrong:\n\n\`\`\`python\n${fixed}\n\`\`\`\n`;

describe("an answer on its way into the editor", () => {
  let workbench: Workbench;
  let server: FaultServer;
  const text = async (): Promise<string> =>
    (await workbench.page.locator(".editor-instance .view-lines").first().innerText()).replaceAll(
      "\u00a0",
      " ",
    );
  const useInEditor = async (choice: string): Promise<void> => {
    const page = await workbench.webviewWith("main");
    await page.getByRole("button", { name: "Use in Editor" }).click();
    await page.getByRole("button", { name: choice }).click();
  };

  before(async () => {
    server = await startFaultServer();
    const pieces = answer.match(/[^]{1,12}/g) ?? [];
    server.serve(sse([...pieces.map((piece) => delta(piece)), delta("", "stop")]));
    workbench = await openWithEndpoints([lab(server)], {
      files: { "add.py": code },
      settings: {
        "qwen.promptTemplates": {
          "Repair in place": "Repair this function of ${file} and answer with the code alone: ${selection}",
          "Review as my team does": { prompt: "Review against our guide.", model: "qwen3-coder" },
        },
      },
    });
    await selectAll(workbench, "add.py");
  });
  after(async () => {
    await workbench.close();
    await server.close();
  });

  it("begins with a template of the settings, shown with its prompt", async () => {
    await workbench.runCommand("Qwen: Ask About Selection With…");
    const list = workbench.page.locator(".quick-input-list");
    await list.getByText("Repair this function of ${file}").first().waitFor();
    await list.getByText("Write a prompt…").first().waitFor();
    // Away from the list, which would say what its field is for.
    await workbench.page.mouse.move(640, 600);
    await pictures(workbench, "templates");
    await pick(workbench, "Repair in place");
    const page = await workbench.webviewWith("main");
    await page.getByRole("button", { name: "Use in Editor" }).waitFor();
    const body = JSON.parse(String(server.requests.at(-1)?.body)) as { messages: { content: string }[] };
    assert.equal(
      body.messages[0]?.content,
      `Repair this function of add.py and answer with the code alone: ${code}`,
    );
  });

  it("shows the difference before it replaces the selection, and nothing changes when it is discarded", async () => {
    await useInEditor("Replace Selection…");
    const message = workbench.page.locator(".notification-toast", {
      hasText: "Replace the selected text of add.py",
    });
    await message.waitFor();
    await workbench.page.locator(".tab.active", { hasText: "add.py: current ↔ with the answer" }).waitFor();
    await workbench.page
      .locator(".monaco-diff-editor .view-line", { hasText: /a.\+.b/ })
      .first()
      .waitFor();
    await pictures(workbench, "replace-preview");
    await message.getByRole("button", { name: "Discard" }).click();
    await until("the text as it was", async () => (await text()).includes("return a - b"));
  });

  it("replaces it when the person agrees", async () => {
    await useInEditor("Replace Selection…");
    const message = workbench.page.locator(".notification-toast", {
      hasText: "Replace the selected text of add.py",
    });
    await message.getByRole("button", { name: "Apply" }).click();
    await until("the new text", async () => (await text()).includes("return a + b"));
  });

  it("opens as a document", async () => {
    await useInEditor("Open as Document");
    await workbench.page.locator(".tab.active", { hasText: "Untitled-1" }).waitFor();
    await until("the answer", async () => (await text()).includes("The sign was wrong:"));
  });
});

const line = "2026-11-21T10:00:00Z worker 7 löst eine Anfrage ab: 你好, `code` and <b>no markup</b>\n";
const log = line.repeat(Math.ceil((5 * 1024 * 1024) / line.length));

describe("a selection of 5 MB, asked about in the window", () => {
  let workbench: Workbench;
  let server: FaultServer;
  let page: Frame;
  before(async () => {
    server = await startFaultServer();
    server.serve(sse([delta("The log says ")], { done: "left-out", end: "stall" }), "/v1/chat/completions");
    workbench = await openWithEndpoints([lab(server)], {
      files: {
        "worker.log": log,
        "request.json": JSON.stringify({ messages: [{ role: "user", content: "Hello" }] }),
      },
    });
    await selectAll(workbench, "worker.log");
    await workbench.runCommand("Qwen: Ask About Selection");
  });
  after(async () => {
    await workbench.close();
    await server.close();
  });

  it("leaves the window at work while it is on its way, and shows a piece of it", async () => {
    await workbench.press("F1");
    await workbench.page.locator(".quick-input-list .monaco-list-row").first().waitFor();
    await workbench.press("Escape");
    page = await workbench.webviewWith("main");
    await page.getByText("The log says").waitFor();
    await page.getByRole("heading", { name: "Prompt", exact: true }).waitFor();
    assert.ok((await page.locator(".input-text").innerText()).length < 3_000);
  });

  it("reaches the server whole", async () => {
    await until("the request", () => asked(server) !== undefined);
    const { messages } = JSON.parse(asked(server)!) as { messages: { content: string }[] };
    assert.ok(messages[0]?.content === log, `${messages[0]?.content.length} characters of ${log.length}`);
  });

  it("is shown a page at a time", async () => {
    await page.getByText("On the wire").click();
    await page.getByText(/^Page 1 of \d\d/).waitFor({ timeout: 60_000 });
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText(/^Page 2 of \d\d/).waitFor({ timeout: 60_000 });
    assert.ok((await page.locator(".wire-body").innerText()).length < 100_000);
  });

  it("stops on the wire", async () => {
    await page.locator("header.head").getByRole("button", { name: "Stop" }).click();
    await until("the closed connection", () => server.openConnections === 0);
    await page.getByText("The log says").waitFor();
  });

  it("is told from a prompt where it is itself a request", async () => {
    // A click, not a key: keys of a page arrive in the window later, and would close what is opened next.
    await workbench.page.locator('.tab[data-resource-name="worker.log"]').click();
    await selectAll(workbench, "request.json");
    await workbench.runCommand("Qwen: Ask About Selection");
    page = await workbench.webviewWith("main");
    await page.getByRole("heading", { name: "Prompt of the selected request" }).waitFor();
    await page.locator(".input-text", { hasText: "Hello" }).waitFor();
  });
});

function delta(content: string, finish: string | null = null): string {
  return JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] });
}

function lab({ baseUrl }: FaultServer): Readonly<Record<string, unknown>> {
  return {
    id: "lab",
    name: "Lab",
    baseUrl,
    key: { from: "none" },
    models: { chat: "qwen3" },
    checkEverySeconds: 0,
  };
}

/** The body of the first chat request. */
function asked({ requests }: FaultServer): string | undefined {
  const request = requests.find(({ path }) => path === "/v1/chat/completions");
  return request === undefined ? undefined : String(request.body);
}
