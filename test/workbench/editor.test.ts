import assert from "node:assert/strict";

import { sse, startFaultServer, type FaultServer } from "../support/faultServer.ts";
import { openWithEndpoints, pick, selectAll, until, type Workbench } from "./openWithEndpoints.ts";

const code = "def add(a, b):\n    return a - b\n";
const fixed = "def add(a, b):\n    return a + b";
const answer = `The sign was wrong:\n\n\`\`\`python\n${fixed}\n\`\`\`\n`;

for (const theme of ["dark", "light"] as const) {
  describe(`an answer on its way into the editor, ${theme}`, () => {
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
      const chunk = (content: string, finish: string | null): string =>
        JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] });
      server.serve(sse([...pieces.map((piece) => chunk(piece, null)), chunk("", "stop")]));
      const lab = {
        id: "lab",
        name: "Lab",
        baseUrl: server.baseUrl,
        key: { from: "none" },
        models: { chat: "qwen3" },
      };
      workbench = await openWithEndpoints([{ ...lab, checkEverySeconds: 0 }], {
        theme,
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
      await workbench.picture(`templates-${theme}`);
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
      await workbench.picture(`replace-preview-${theme}`);
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
}
